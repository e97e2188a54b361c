package io.tidemark.query.keys;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a key may be used for. */
public enum Scope {
    /** Send events. */
    INGEST,
    /** Ask for usage. */
    READ,
    /** Change customers. */
    WRITE,
    /** Operate the service. */
    ADMIN;

    /** The name in bodies and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Scope> of(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label().equals(label))
                .findFirst();
    }
}
