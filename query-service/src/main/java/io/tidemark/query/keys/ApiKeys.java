package io.tidemark.query.keys;

import io.tidemark.streams.access.Access;
import io.tidemark.streams.access.ApiKey;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys that are known: those given out, which every instance has in memory, and those this instance was started with. */
public final class ApiKeys {
    private final List<KeyEntry> configured;
    private final Access stored;
    private final Clock clock;

    public ApiKeys(List<KeyEntry> configured, Access stored, Clock clock) {
        this.configured = List.copyOf(configured);
        this.stored = stored;
        this.clock = clock;
    }

    /** Who a presented key stands for at this moment; empty when it is not known, or has ended. */
    public Optional<Caller> find(String key) {
        boolean mistyped = ApiKeyFormat.isOurs(key) && !ApiKeyFormat.checksumHolds(key);
        if (mistyped || key.length() < KeyEntry.SHORTEST_KEY) {
            return Optional.empty();
        }
        KeyHash hash = KeyHash.of(key);
        return configured(hash).or(() -> stored(hash));
    }

    /** Whether a caller that was found once would be now. */
    public boolean isGood(Caller caller) {
        return configured.stream().anyMatch(entry -> entry.hash().hex().equals(caller.key()))
                || stored.keyOfHash(caller.key())
                        .filter(key -> key.isActive(clock.instant()))
                        .isPresent();
    }

    private Optional<Caller> configured(KeyHash hash) {
        return configured.stream()
                .filter(entry -> entry.hash().matches(hash))
                .map(KeyEntry::caller)
                .findFirst();
    }

    /** The look-up is by hash: its timing could tell of a hash, which nobody can choose, never of a key. */
    private Optional<Caller> stored(KeyHash hash) {
        return stored.keyOfHash(hash.hex())
                .filter(key -> new KeyHash(key.hash()).matches(hash))
                .filter(key -> key.isActive(clock.instant()))
                .map(key -> caller(key, hash));
    }

    private static Caller caller(ApiKey key, KeyHash hash) {
        Optional<Caller> holder = key.customer()
                .flatMap(customer ->
                        key.expiresAt().map(end -> Caller.withLink(key, new Caller.Link(customer, end), hash)));
        return holder.orElseGet(() -> Caller.of(key.tenant(), scopes(key), hash));
    }

    /** Without those that only a newer release knows. */
    private static Set<Scope> scopes(ApiKey key) {
        return key.scopes().stream().map(Scope::of).flatMap(Optional::stream).collect(Collectors.toUnmodifiableSet());
    }
}
