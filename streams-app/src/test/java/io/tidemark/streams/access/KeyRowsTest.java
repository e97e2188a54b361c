package io.tidemark.streams.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schemas.AvroTrust;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class KeyRowsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:34:56.123456Z");
    private static final String HASH = "ab".repeat(32);

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
