package io.tidemark.streams.reading;

import java.time.Duration;
import java.util.Optional;

/**
 * How fresh an answer must be, and how long it may be waited for.
 *
 * @param after a token out of {@link Freshness#position} or of a write that the answer must contain; empty: any will do
 * @param atMost how long to wait for that before the answer is {@code NOT_CAUGHT_UP}
 * @param maxStaleness how long ago {@link Freshness#asOf} may be; empty: as long as it is
 */
public record Wait(Optional<String> after, Duration atMost, Optional<Duration> maxStaleness) {

    /** Answer at once, as fresh as can be. */
    public static final Wait NOT = new Wait(Optional.empty(), Duration.ZERO);

    public Wait(Optional<String> after, Duration atMost) {
        this(after, atMost, Optional.empty());
    }

    /** The same, with less time for it. */
    public Wait within(Duration left) {
        return new Wait(after, left.compareTo(atMost) < 0 ? left : atMost, maxStaleness);
    }
}
