package io.tidemark.query.keys;

import java.util.Set;

/** Who asks: the tenant its key stands for, and what the key may be used for. */
public record Caller(String tenant, Set<Scope> scopes) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
