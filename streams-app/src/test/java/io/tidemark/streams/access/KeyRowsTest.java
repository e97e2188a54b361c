package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.SchemaHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class KeyRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:56.123456Z");
    private static final String HASH = "ab".repeat(32);
    private static final UUID CUSTOMER = UUID.fromString("0198a7c0-0000-7000-8000-000000000001");
    private static final Schema FIRST =
            SchemaHistory.of(io.tidemark.events.ApiKey.getClassSchema()).get(0);

    static {
        AvroTrust.establish();
    }

    private final KeyRows rows = new KeyRows();

    @Test
    void findAKeyByItsIdAndByItsHash() {
        take(key(Optional.of(NOW.plusSeconds(1))));
        assertThat(rows.ofId("k1")).hasValue(key(Optional.of(NOW.plusSeconds(1))));
        assertThat(rows.ofHash(HASH)).isEqualTo(rows.ofId("k1"));
        assertThat(rows.ofHash("cd".repeat(32))).isEmpty();
        assertThat(rows.hasTenant("acme")).isTrue();
        assertThat(rows.hasTenant("other")).isFalse();
    }

    @Test
    void keepAKeyRevokedWhateverIsWrittenOfItBeforeOrAfter() {
        take(key(Optional.empty()));
        revoke("k1", NOW);
        take(key(Optional.empty()).replacedBy("k2", NOW.plusSeconds(60)));
        assertThat(rows.ofHash(HASH)).hasValueSatisfying(key -> {
            assertThat(key.replacedBy()).hasValue("k2");
            assertThat(key.revokedAt()).hasValue(NOW);
            assertThat(key.isActive(NOW.minusSeconds(60))).isFalse();
        });
    }

    @Test
    void keepAKeyRevokedThatIsReadAfterItsRevocation() {
        revoke("k1", NOW);
        assertThat(rows.all()).isEmpty();
        take(key(Optional.empty()));
        assertThat(rows.all())
                .singleElement()
                .satisfies(key -> assertThat(key.isActive(NOW)).isFalse());
    }

    @Test
    void forgetAKeyThatIsGone() {
        take(key(Optional.empty()));
        rows.take(row("k1", null));
        assertThat(rows.ofId("k1")).isEmpty();
        assertThat(rows.ofHash(HASH)).isEmpty();
    }

    @Test
    void skipWhatTheyCannotRead() {
        take(key(Optional.empty()));
        byte[] good = AccessRecord.bytes(key(Optional.empty()));
        byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
        for (byte[] bad : new byte[][] {{}, "nonsense".getBytes(UTF_8), cut, AccessRecord.revocation("k1", NOW)}) {
            rows.take(row("k1", bad));
        }
        rows.take(row("another", good));
        rows.take(new ConsumerRecord<>("api-keys", 0, 0, null, good));
        assertThat(rows.all()).containsExactly(key(Optional.empty()));
    }

    @Test
    void obeyARevocationTheyCannotRead() {
        take(key(Optional.empty()));
        rows.take(row("k1/revoked", "from a newer release".getBytes(UTF_8)));
        assertThat(rows.ofHash(HASH))
                .hasValueSatisfying(key -> assertThat(key.isActive(NOW)).isFalse());
    }

    @Test
    void findTheLinksToACustomerAndNoOthers() {
        take(link("l2", CUSTOMER, NOW.plusSeconds(2)));
        take(link("l1", CUSTOMER, NOW.plusSeconds(1)));
        take(link("l3", UUID.randomUUID(), NOW));
        take(key(Optional.empty()));
        revoke("l1", NOW);
        assertThat(rows.links("acme", CUSTOMER)).extracting(ApiKey::id).containsExactly("l1", "l2");
        assertThat(rows.links("acme", CUSTOMER).get(0).revokedAt()).hasValue(NOW);
        assertThat(rows.links("globex", CUSTOMER)).isEmpty();
        assertThat(rows.ofId("l2")).hasValue(link("l2", CUSTOMER, NOW.plusSeconds(2)));
    }

    @Test
    void forgetThatAKeyWasRevokedOnceItIsGone() {
        take(link("l1", CUSTOMER, NOW));
        revoke("l1", NOW);
        rows.take(row("l1", null));
        rows.take(row("l1/revoked", null));
        assertThat(rows.links("acme", CUSTOMER)).isEmpty();
        assertThat(rows.ofHash(HASH)).isEmpty();
    }

    /** As 0.1.0 has it: it knows the first schema and no other. */
    @Test
    void areReadByAReleaseWithoutLinksAsIfThereWereNone() throws IOException {
        var before = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), FIRST);
        GenericRecord read = before.decode(AccessRecord.bytes(key(Optional.of(NOW))));
        assertThat(read.get("hash")).hasToString(HASH);
        assertThat(read.get("scopes")).hasToString("[ingest, read]");
        byte[] link = AccessRecord.bytes(link("l1", CUSTOMER, NOW));
        assertThatThrownBy(() -> before.decode(link)).isInstanceOf(MissingSchemaException.class);
    }

    /** A reader that came by the later schema in some way, and leaves out the field that it does not know. */
    @Test
    void sayOfALinkNoScopeThatAReleaseWithoutLinksKnows() throws IOException {
        var resolving = new BinaryMessageDecoder<GenericRecord>(GenericData.get(), FIRST);
        resolving.addSchema(io.tidemark.events.ApiKey.getClassSchema());
        GenericRecord read = resolving.decode(AccessRecord.bytes(link("l1", CUSTOMER, NOW)));
        assertThat(read.hasField("customer_id")).isFalse();
        assertThat(read.get("scopes")).hasToString("[read:customer]");
        assertThat(Set.of("ingest", "read", "write", "admin")).doesNotContain(ApiKey.OF_CUSTOMER);
    }

    private static ApiKey link(String id, UUID customer, Instant madeAt) {
        return ApiKey.link(id, HASH, "acme", "link", customer, madeAt, madeAt.plusSeconds(60));
    }

    private void take(ApiKey key) {
        rows.take(row(key.id(), AccessRecord.bytes(key)));
    }

    private void revoke(String id, Instant at) {
        rows.take(new ConsumerRecord<>("api-keys", 0, 0, KeyRows.keyOfRevocation(id), AccessRecord.revocation(id, at)));
    }

    private static ConsumerRecord<byte[], byte[]> row(String key, byte @Nullable [] value) {
        return new ConsumerRecord<>("api-keys", 0, 0, key.getBytes(UTF_8), value);
    }

    private static ApiKey key(Optional<Instant> expiresAt) {
        return new ApiKey(
                "k1",
                HASH,
                "acme",
                "live",
                Set.of("ingest", "read"),
                Optional.of("billing"),
                NOW,
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }
}
