package io.tidemark.streams.pages;

import io.tidemark.streams.event.Event;
import java.time.Duration;

/**
 * What a page remembers of an event beside its amounts.
 *
 * @param appendedAt when it was appended, UTC seconds since 1970-01-01
 * @param late whether that was more than {@link #LATE_AFTER} after it occurred
 * @param corrects whether it takes something back: a quantity, credits or a cost below zero
 */
record Arrival(long appendedAt, boolean late, boolean corrects) {
    /** Whoever looked at a total an hour after the fact may have seen another one: that is what is told as late. */
    static final Duration LATE_AFTER = Duration.ofHours(1);

    private static final long LATE_MICROS = LATE_AFTER.toNanos() / 1_000;
    private static final long MILLIS = 1_000;

    /** @param appendedAt UTC milliseconds since 1970-01-01, of its first appending */
    static Arrival of(Event event, long appendedAt) {
        return new Arrival(
                appendedAt / MILLIS,
                appendedAt * MILLIS - event.occurredAt() > LATE_MICROS,
                // Token counts are never below zero.
                event.reading().isAnyNegative());
    }
}
