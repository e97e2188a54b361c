package io.tidemark.query.period;

import io.tidemark.streams.reading.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** Where a period begins and ends, both on minutes. */
record Bounds(Instant from, Instant to) {

    static Bounds upToNow(Duration duration, Instant now) {
        Instant to = endOfMinute(now);
        return new Bounds(floor(to.minus(duration)), to);
    }

    /** Some zones were off the minute before 1973, so these are floored too. */
    static Bounds of(CalendarName days, ZoneId zone) {
        return new Bounds(
                floor(days.first().atStartOfDay(zone).toInstant()),
                floor(days.end().atStartOfDay(zone).toInstant()));
    }

    /** A minute that begins just now runs already. */
    static Instant endOfMinute(Instant now) {
        return floor(now).plus(1, ChronoUnit.MINUTES);
    }

    static Instant floor(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES);
    }

    Period period() {
        return new Period(from, to);
    }
}
