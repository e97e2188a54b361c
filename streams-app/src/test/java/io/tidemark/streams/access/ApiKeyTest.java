package io.tidemark.streams.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    @Test
    void isForOneCustomerOnlyWithTheScopeForThatAndAnEndAndNoName() {
        var customer = Optional.of(UUID.fromString("0198a7c0-0000-7000-8000-000000000001"));
        var end = Optional.of(NOW);
        var none = Optional.<String>empty();
        assertThat(bound(Set.of(ApiKey.OF_CUSTOMER), none, end, customer).isLink())
                .isTrue();
        for (Set<String> scopes : List.of(
                Set.<String>of(), Set.of("read"), Set.of(ApiKey.OF_CUSTOMER, "read"), Set.of("read:customers"))) {
            assertThatThrownBy(() -> bound(scopes, none, end, customer)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> bound(Set.of(ApiKey.OF_CUSTOMER), none, Optional.empty(), customer))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bound(Set.of(ApiKey.OF_CUSTOMER), Optional.of("for Ann"), end, customer))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ApiKey bound(
            Set<String> scopes, Optional<String> name, Optional<Instant> end, Optional<UUID> customer) {
        var none = Optional.<String>empty();
        return new ApiKey(
                "a", "a".repeat(64), "acme", "link", scopes, name, NOW, end, none, Optional.empty(), customer);
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
