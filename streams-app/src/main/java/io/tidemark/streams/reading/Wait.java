package io.tidemark.streams.reading;

import java.time.Duration;
import java.util.Optional;

/**
 * Whether to wait until an answer contains a position.
 *
 * @param after a token out of {@link Freshness#position} or of a write; empty: answer at once
 * @param atMost how long to wait before the answer is {@code NOT_CAUGHT_UP}
 */
public record Wait(Optional<String> after, Duration atMost) {

    /** Answer at once. */
    public static final Wait NOT = new Wait(Optional.empty(), Duration.ZERO);
}
