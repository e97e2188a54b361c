package io.tidemark.query.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Some minutes, {@code from} included and {@code to} excluded. */
record Span(Instant from, Instant to) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    boolean isOneMinute() {
        return Duration.between(from, to).compareTo(MINUTE) <= 0;
    }

    boolean contains(Instant minute) {
        return !minute.isBefore(from) && minute.isBefore(to);
    }

    /** Where it is best halved: at a day's begin, else an hour's, which cost an instance the least to sum up. */
    Instant middle() {
        Instant half = from.plus(Duration.between(from, to).dividedBy(2));
        for (ChronoUnit unit : new ChronoUnit[] {ChronoUnit.DAYS, ChronoUnit.HOURS}) {
            Instant even = half.truncatedTo(unit);
            if (even.isAfter(from)) {
                return even;
            }
        }
        return half.truncatedTo(ChronoUnit.MINUTES);
    }

    @Override
    public String toString() {
        return isOneMinute() ? from.toString() : from + "/" + to;
    }
}
