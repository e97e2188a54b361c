package io.tidemark.streams.requestlog;

import io.tidemark.streams.intake.WholeRequest;
import java.time.Instant;

/**
 * A request that was counted.
 *
 * @param place where it stands in the log, with where its record lies
 * @param arrivedAt when it was appended there, by the broker's clock
 * @param said all that the event says
 */
public record LoggedRequest(Place place, Instant arrivedAt, WholeRequest said) {

    /** Roughly how many characters it has. */
    int size() {
        return said.operation().length()
                + said.provider().length()
                + said.model().length()
                + said.flow().length()
                + said.environment().length()
                + said.status().length()
                + said.tags().entrySet().stream()
                        .mapToInt(tag -> tag.getKey().length() + tag.getValue().length())
                        .sum();
    }
}
