package io.tidemark.query.keys;

import io.tidemark.streams.access.ApiKey;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: the tenant its key stands for, and what the key may be used for.
 *
 * @param owner empty for an operator, who stands for no tenant and gets no further than {@code /admin}
 * @param key tells the key from others; it is not the key
 * @param link of who holds a link to one customer. Such a caller has no scope at all, so it gets nowhere but where {@link Gate#needsLink}
 *     lets it
 */
public record Caller(Optional<String> owner, Set<Scope> scopes, String key, Optional<Link> link) {
    /**
     * What a link is to, and until when.
     *
     * @param customer our id
     */
    public record Link(UUID customer, Instant end) {}

    public Caller {
        scopes = Set.copyOf(scopes);
        if (link.isPresent() && !scopes.isEmpty()) {
            throw new IllegalArgumentException("who holds a link has no scope");
        }
    }

    public Caller(Optional<String> owner, Set<Scope> scopes, String key) {
        this(owner, scopes, key, Optional.empty());
    }

    static Caller withLink(ApiKey key, Link link, KeyHash hash) {
        return new Caller(Optional.of(key.tenant()), Set.of(), hash.hex(), Optional.of(link));
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
