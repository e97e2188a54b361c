package io.tidemark.query.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.access.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key in an answer.
 *
 * @param key its text, in the answer that makes it; in no other
 * @param active whether it is taken at this moment
 * @param customerId of a link, the customer whose usage it shares
 */
record KeyBody(
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        String tenant,
        List<String> scopes,
        @Nullable String name,
        String environment,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String replacedBy,
        boolean active,
        @Nullable String customerId) {

    static KeyBody of(ApiKey key, Instant now) {
        return of(key, null, now);
    }

    static KeyBody made(ApiKey key, String text, Instant now) {
        return of(key, text, now);
    }

    private static KeyBody of(ApiKey key, @Nullable String text, Instant now) {
        return new KeyBody(
                key.id(),
                text,
                key.tenant(),
                key.scopes().stream().sorted().toList(),
                key.name().orElse(null),
                key.environment(),
                key.createdAt(),
                key.expiresAt().orElse(null),
                key.revokedAt().orElse(null),
                key.replacedBy().orElse(null),
                key.isActive(now),
                key.customer().map(UUID::toString).orElse(null));
    }
}
