package io.tidemark.query.keys;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks: the tenant its key stands for, and what the key may be used for.
 *
 * @param owner empty for an operator, who stands for no tenant and gets no further than {@code /admin}
 * @param key tells the key from others; it is not the key
 */
public record Caller(Optional<String> owner, Set<Scope> scopes, String key) {

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    static Caller of(String tenant, Set<Scope> scopes, KeyHash key) {
        return new Caller(Optional.of(tenant), scopes, key.hex());
    }

    /** Of a caller that the gate let through to what belongs to a tenant. */
    public String tenant() {
        return owner.orElseThrow(
                () -> new IllegalStateException("the gate lets no operator through to a tenant's data"));
    }

    boolean may(Scope scope) {
        return scopes.contains(scope) && (scope == Scope.ADMIN || owner.isPresent());
    }
}
