package io.tidemark.query.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;

/**
 * What an instance answered, or what else answers at its address.
 *
 * @param body missing where there was none, or no JSON
 * @param retryAfter when the same may be asked again
 */
public record RemoteAnswer(int status, JsonNode body, Optional<Duration> retryAfter) {

    public boolean isGood() {
        return status / 100 == 2;
    }

    /** The same as a failure, for those who expected something good. */
    public CallFailed failure() {
        return CallFailed.refused(status, body);
    }
}
