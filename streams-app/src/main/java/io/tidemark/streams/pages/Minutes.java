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

    /** The minute an instant is in. */
    static long of(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), SECONDS);
    }

    static Instant instant(long minute) {
        return Instant.ofEpochSecond(Math.multiplyExact(minute, SECONDS));
    }

    static Span of(Period period) {
        return new Span(of(period.from()), of(period.to()));
    }

    static Period period(Span span) {
        return new Period(instant(span.from()), instant(span.to()));
    }
}
