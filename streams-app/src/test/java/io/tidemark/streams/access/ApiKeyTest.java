package io.tidemark.streams.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class ApiKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void isActiveUntilTheInstantItExpires() {
        assertThat(key(Optional.empty()).isActive(NOW)).isTrue();
        assertThat(key(Optional.of(NOW.plusNanos(1_000))).isActive(NOW)).isTrue();
        assertThat(key(Optional.of(NOW)).isActive(NOW)).isFalse();
        assertThat(key(Optional.of(NOW.minusSeconds(1))).isActive(NOW)).isFalse();
    }

    @Test
    void isNotActiveOnceRevokedWhateverTheClockSays() {
        ApiKey revoked = key(Optional.empty()).revoked(Optional.of(NOW.plusSeconds(3600)));
        assertThat(revoked.isActive(NOW)).isFalse();
        assertThat(revoked.isActive(NOW.plusSeconds(7200))).isFalse();
    }

    @Test
    void endsWhenItsSuccessorSaysOrBefore() {
        ApiKey endless = key(Optional.empty()).replacedBy("new", NOW.plusSeconds(60));
        assertThat(endless.expiresAt()).hasValue(NOW.plusSeconds(60));
        assertThat(endless.replacedBy()).hasValue("new");
        ApiKey sooner = key(Optional.of(NOW.plusSeconds(10))).replacedBy("new", NOW.plusSeconds(60));
        assertThat(sooner.expiresAt()).hasValue(NOW.plusSeconds(10));
        ApiKey later = key(Optional.of(NOW.plusSeconds(90))).replacedBy("new", NOW);
        assertThat(later.expiresAt()).hasValue(NOW);
        assertThat(later.isActive(NOW)).isFalse();
    }

    @Test
    void knowsNoMoreOfTheTimeThanIsKept() {
        ApiKey key = key(Optional.of(NOW.plusNanos(1_999)));
        assertThat(key.expiresAt()).hasValue(NOW.plusNanos(1_000));
    }

    @Test
    void isNeverMadeOfNonsense() {
        assertThatThrownBy(() -> keyOf("a/b", "a".repeat(64), "acme")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keyOf("a", "A".repeat(64), "acme")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keyOf("a", "a".repeat(64), "Acme")).isInstanceOf(IllegalArgumentException.class);
    }

    private static ApiKey key(Optional<Instant> expiresAt) {
        return new ApiKey(
                "a",
                "a".repeat(64),
                "acme",
                "live",
                Set.of("read"),
                Optional.empty(),
                NOW.minusSeconds(1),
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }

    private static ApiKey keyOf(String id, String hash, String tenant) {
        return new ApiKey(
                id,
                hash,
                tenant,
                "live",
                Set.of("read"),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
