package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.SchemaHistory;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
        assertThat(rows.links("acme", new UUID(7, 7))).isEmpty();
        assertThat(rows.ofId("l2")).hasValue(link("l2", CUSTOMER, NOW.plusSeconds(2)));
    }

    @Test
    void countTheLinksOfATenantThatAreTaken() {
        take(link("l1", CUSTOMER, NOW));
        take(link("l2", UUID.randomUUID(), NOW.plusSeconds(1)));
        take(link("l3", CUSTOMER, NOW.plusSeconds(2)));
        take(key(Optional.of(NOW.plusSeconds(90))));
        assertThat(rows.livingLinks("acme", NOW)).isEqualTo(3);
        revoke("l3", NOW);
        take(link("l3", CUSTOMER, NOW.plusSeconds(2)));
        assertThat(rows.livingLinks("acme", NOW)).isEqualTo(2);
        for (Instant end : List.of(NOW.plusSeconds(60), NOW.plusSeconds(61))) {
            assertThat(rows.livingLinks("acme", end.minusMillis(1))).isEqualTo((int) rows.all().stream()
                    .filter(key -> key.isLink() && key.isActive(end.minusMillis(1)))
                    .count());
        }
        assertThat(rows.livingLinks("acme", NOW.plusSeconds(60))).isEqualTo(1);
        rows.take(row("l2", null));
        assertThat(rows.livingLinks("acme", NOW)).isEqualTo(1);
        assertThat(rows.livingLinks("globex", NOW)).isZero();
    }

    @Test
    void forgetLinksThatEndedWhosoeverTheyAreTheFirstOnesFirst() {
        take(link("l1", CUSTOMER, NOW));
        take(link("l2", UUID.randomUUID(), NOW.plusSeconds(1)));
        take(link("l3", CUSTOMER, NOW.plusSeconds(2)));
        revoke("l3", NOW.plusSeconds(30));
        take(link("l4", CUSTOMER, NOW.plusSeconds(3)));
        take(key(Optional.of(NOW)));
        revoke("k1", NOW);
        Instant then = NOW.plusSeconds(62);
        rows.forgetLinks(then, 2, this::delete);
        assertThat(rows.all()).extracting(ApiKey::id).containsExactly("k1", "l2", "l4");
        rows.forgetLinks(then, 2, this::delete);
        assertThat(rows.all()).extracting(ApiKey::id).containsExactly("k1", "l4");
        assertThat(rows.links("acme", CUSTOMER)).extracting(ApiKey::id).containsExactly("l4");
        rows.forgetLinks(then, 2, none -> fail("nothing has ended that is not forgotten"));
        assertThat(rows.ofId("k1"))
                .as("no link")
                .hasValueSatisfying(key -> assertThat(key.revokedAt()).hasValue(NOW));
    }

    @Test
    void neverBringALinkBackThatIsForgottenByHalf() {
        take(link("l1", CUSTOMER, NOW));
        revoke("l1", NOW);
        Instant later = NOW.plusSeconds(1);
        assertThatThrownBy(() -> rows.forgetLinks(later, 9, this::deleteKeysAndCrash))
                .isInstanceOf(ChangeFailed.class);
        assertThat(rows.ofHash(HASH)).isEmpty();
        assertThat(rows.links("acme", CUSTOMER)).isEmpty();
        assertThat(rows.livingLinks("acme", NOW)).isZero();
        take(link("l1", CUSTOMER, NOW));
        assertThat(rows.ofHash(HASH))
                .as("its revocation is still there")
                .hasValueSatisfying(key -> assertThat(key.isActive(NOW)).isFalse());
        rows.take(row("l1", null));
        rows.forgetLinks(NOW, 9, none -> fail("it was revoked no sooner than that"));
        rows.forgetLinks(later, 9, this::delete);
        rows.forgetLinks(later, 9, none -> fail("nothing is left over"));
        take(link("l1", CUSTOMER, NOW));
        assertThat(rows.livingLinks("acme", NOW)).as("nothing at all was kept").isEqualTo(1);
    }

    @Test
    void leaveARevocationAloneWhoseKeyANewerReleaseWrote() {
        revoke("l1", NOW);
        rows.take(row("l1", "from a newer release".getBytes(UTF_8)));
        rows.forgetLinks(NOW.plusSeconds(1), 9, none -> fail("that release would take it again"));
        rows.take(row("l1", null));
        var deleted = new ArrayList<String>();
        rows.forgetLinks(NOW.plusSeconds(1), 9, keys -> keys.forEach(key -> deleted.add(new String(key, UTF_8))));
        assertThat(deleted).containsExactly("l1", "l1/revoked");
    }

    private void delete(List<byte[]> keys) {
        keys.forEach(key -> rows.take(row(new String(key, UTF_8), null)));
    }

    private void deleteKeysAndCrash(List<byte[]> keys) {
        if (new String(keys.get(0), UTF_8).endsWith("/revoked")) {
            throw new ChangeFailed("killed in between");
        }
        delete(keys);
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
