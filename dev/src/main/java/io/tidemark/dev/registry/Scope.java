package io.tidemark.dev.registry;

import java.util.Optional;

/** Whom a setting is for: one subject, or everyone. */
record Scope(Optional<String> subject) {
    static final Scope GLOBAL = new Scope(Optional.empty());

    static Scope of(String subject) {
        return new Scope(Optional.of(subject));
    }
}
