package io.tidemark.query.sharing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.access.ApiKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A link in an answer.
 *
 * @param token in the answer that makes it; in no other
 * @param url of the dashboard's page that shows it, in the same answer alone. The token is behind the {@code #}, which browsers send to nobody
 */
record LinkBody(
        String id,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,
        Instant createdAt,
        Instant expiresAt) {

    static LinkBody of(ApiKey link) {
        return new LinkBody(link.id(), null, null, link.createdAt(), end(link));
    }

    static LinkBody made(ApiKey link, String token, String url) {
        return new LinkBody(link.id(), token, url, link.createdAt(), end(link));
    }

    private static Instant end(ApiKey link) {
        return link.expiresAt().orElseThrow(() -> new IllegalStateException("every link has an end"));
    }
}
