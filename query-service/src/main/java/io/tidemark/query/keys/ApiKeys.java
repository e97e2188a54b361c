package io.tidemark.query.keys;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The keys that are known. */
public final class ApiKeys {
    private final Map<KeyHash, KeyEntry> entries;

    public ApiKeys(List<KeyEntry> entries) {
        var byHash = new HashMap<KeyHash, KeyEntry>();
        entries.forEach(entry -> byHash.put(entry.hash(), entry));
        this.entries = Map.copyOf(byHash);
    }

    /** Who a presented key stands for; empty when it is not known. */
    public Optional<Caller> find(String key) {
        boolean mistyped = ApiKeyFormat.isOurs(key) && !ApiKeyFormat.checksumHolds(key);
        if (mistyped || key.length() < KeyEntry.SHORTEST_KEY) {
            return Optional.empty();
        }
        // The look-up is by hash: its timing could tell of a hash, which nobody can choose, never of a key.
        KeyHash hash = KeyHash.of(key);
        return Optional.ofNullable(entries.get(hash))
                .filter(entry -> entry.hash().matches(hash))
                .map(KeyEntry::caller);
    }

    public Set<String> tenants() {
        return entries.values().stream().map(entry -> entry.caller().tenant()).collect(Collectors.toUnmodifiableSet());
    }
}
