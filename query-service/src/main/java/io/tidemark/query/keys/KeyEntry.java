package io.tidemark.query.keys;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One key that an instance was started with, by its hash. It lasts as long as the instance and is written nowhere. */
public record KeyEntry(KeyHash hash, Caller caller) {
    /** Of keys that operators choose; shorter ones could be guessed. */
    public static final int SHORTEST_KEY = 16;

    /** The variable that holds the key of an operator. Not an option: others on the machine see command lines. */
    public static final String BOOTSTRAP_VARIABLE = "TIDEMARK_BOOTSTRAP_KEY";

    private static final Pattern SENDABLE = Pattern.compile("[!-~]*");

    /** The entry of a key that is at hand, as {@code dev} has it. */
    public static KeyEntry ofKey(String key, String tenant, Set<Scope> scopes) {
        if (key.length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("a key has at least " + SHORTEST_KEY + " characters");
        }
        KeyHash hash = KeyHash.of(key);
        return new KeyEntry(hash, Caller.of(tenant, scopes, hash));
    }

    /**
     * The first key of all, by which the others are made: the scope {@code admin} alone, and no tenant.
     *
     * @param faults receives what is wrong with it, never the key
     */
    public static Optional<KeyEntry> bootstrap(String variable, List<String> faults) {
        String key = variable.strip();
        int before = faults.size();
        if (key.length() < SHORTEST_KEY) {
            faults.add(BOOTSTRAP_VARIABLE + " must have " + SHORTEST_KEY + " characters or more");
        }
        if (!SENDABLE.matcher(key).matches()) {
            faults.add(BOOTSTRAP_VARIABLE + " must consist of visible ASCII characters, as HTTP headers do");
        }
        if (ApiKeyFormat.isOurs(key) && !ApiKeyFormat.checksumHolds(key)) {
            faults.add(BOOTSTRAP_VARIABLE + " is mistyped: its checksum does not hold");
        }
        KeyHash hash = KeyHash.of(key);
        return faults.size() > before
                ? Optional.empty()
                : Optional.of(new KeyEntry(hash, new Caller(Optional.empty(), Set.of(Scope.ADMIN), hash.hex())));
    }
}
