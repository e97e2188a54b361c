package io.tidemark.query.http;

import io.javalin.http.Context;
import java.time.Duration;

/**
 * What a key may still do, as <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit header
 * fields for HTTP</a> (draft 10) says it.
 *
 * @param granted whether this request is within it
 * @param quota events
 * @param window in which the quota comes back whole
 * @param remaining events
 * @param untilWhole when the whole quota is there again
 * @param untilEnough when there is enough for this request, if it was not granted
 */
public record RateLimit(
        boolean granted, long quota, Duration window, long remaining, Duration untilWhole, Duration untilEnough) {

    /**
     * Says it on the answer.
     *
     * @throws Refused where the request was not granted
     */
    public void tell(Context context) {
        context.header("RateLimit-Policy", "\"events\";q=" + quota + ";w=" + window.toSeconds());
        context.header("RateLimit", "\"events\";r=" + remaining + ";t=" + seconds(untilWhole));
        if (!granted) {
            context.header("Retry-After", Long.toString(Math.max(1, seconds(untilEnough))));
            throw new Refused(Problem.of(
                    Problem.Kind.RATE_LIMITED,
                    "This key sent more events than it may at once; nothing of this request was taken."));
        }
    }

    /** Rounded up: who comes then does not come too early. */
    private static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
