package io.tidemark.query.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.FakeAccess;
import io.tidemark.query.HandClock;
import io.tidemark.streams.access.ApiKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {
    private static final Instant NOW = Instant.parse("2026-10-20T12:34:56Z");
    private static final String KEY = ApiKeyFormat.generate("live", new SecureRandom());

    private final FakeAccess access = new FakeAccess();
    private final HandClock clock = new HandClock(NOW);
    private final ApiKeys keys =
            new ApiKeys(List.of(KeyEntry.ofKey("a-configured-key", "dev", Set.of(Scope.READ))), access, clock);

    @Test
    void findTheCallerOfAKeyThatWasGivenOutOrConfigured() {
        access.put(key(KEY, Optional.empty()));
        assertThat(keys.find(KEY)).hasValue(caller("acme", Set.of(Scope.READ, Scope.ADMIN), KEY));
        assertThat(keys.find("a-configured-key")).hasValue(caller("dev", Set.of(Scope.READ), "a-configured-key"));
        assertThat(keys.find("a-configured-kez")).isEmpty();
        assertThat(keys.find(KeyHash.of(KEY).hex())).isEmpty();
        assertThat(keys.find(ApiKeyFormat.id(KEY))).isEmpty();
        assertThat(keys.find("")).isEmpty();
    }

    private static Caller caller(String tenant, Set<Scope> scopes, String key) {
        return new Caller(Optional.of(tenant), scopes, KeyHash.of(key).hex());
    }

    @Test
    void askTheClockAtEachRequest() {
        access.put(key(KEY, Optional.of(NOW.plusSeconds(10))));
        assertThat(keys.find(KEY)).isPresent();
        clock.pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(keys.find(KEY)).isPresent();
        clock.pass(Duration.ofNanos(1));
        assertThat(keys.find(KEY)).isEmpty();
    }

    @Test
    void takeNoKeyThatWasRevoked() {
        access.put(key(KEY, Optional.empty()));
        access.revoke(ApiKeyFormat.id(KEY), NOW);
        assertThat(keys.find(KEY)).isEmpty();
    }

    @Test
    void takeNoKeyThatIsShortOrMistyped() {
        String mistyped = "tm_dev_00000000_" + "0".repeat(49);
        access.put(key(mistyped, Optional.empty()));
        access.put(new ApiKey(
                "short",
                KeyHash.of("short").hex(),
                "acme",
                "live",
                Set.of("read"),
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        assertThat(keys.find(mistyped)).isEmpty();
        assertThat(keys.find("short")).isEmpty();
    }

    private static ApiKey key(String text, Optional<Instant> expiresAt) {
        return new ApiKey(
                ApiKeyFormat.id(text),
                KeyHash.of(text).hex(),
                "acme",
                "live",
                Set.of("read", "admin", "a-scope-of-a-newer-release"),
                Optional.empty(),
                NOW,
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }
}
