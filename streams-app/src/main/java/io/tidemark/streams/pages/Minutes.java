package io.tidemark.streams.pages;

import io.tidemark.streams.pages.Horizon.Span;
import io.tidemark.streams.reading.Period;
import java.time.Instant;

/** Between the instants of a question and the minutes of the pages. */
final class Minutes {
    private static final long SECONDS = 60;

    private Minutes() {}

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
