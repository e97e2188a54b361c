package io.tidemark.streams.pages;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.pages.Horizon.Span;
import io.tidemark.streams.reading.Period;
import java.time.Instant;

/** Between the instants of an event or a question and the minutes of the pages. */
final class Minutes {
    private static final long SECONDS = 60;
    private static final long MICROS = 60_000_000;

    private Minutes() {}

    /** The minute an event is counted in, since 1970-01-01T00:00Z. */
    static long of(Event event) {
        return Math.floorDiv(event.occurredAt(), MICROS);
    }

    static Span of(Period period) {
        return new Span(
                Math.floorDiv(period.from().getEpochSecond(), SECONDS),
                Math.floorDiv(period.to().getEpochSecond(), SECONDS));
    }

    static Period period(Span span) {
        return new Period(
                Instant.ofEpochSecond(Math.multiplyExact(span.from(), SECONDS)),
                Instant.ofEpochSecond(Math.multiplyExact(span.to(), SECONDS)));
    }
}
