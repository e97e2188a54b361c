package io.tidemark.query.keys;

import java.util.Set;

/** One key that is known, by its hash. */
public record KeyEntry(KeyHash hash, Caller caller) {
    /** Of keys that operators choose; shorter ones could be guessed. */
    public static final int SHORTEST_KEY = 16;

    /** The entry of a key that is at hand, as {@code dev} has it. */
    public static KeyEntry ofKey(String key, String tenant, Set<Scope> scopes) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key has at least " + SHORTEST_KEY + " characters");
        }
        return new KeyEntry(KeyHash.of(key), new Caller(tenant, scopes));
    }
}
