package io.tidemark.streams.reading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A half-open span of time, {@code from} included and {@code to} excluded, both on full minutes UTC. */
public record Period(Instant from, Instant to) {

    public Period {
        if (!from.truncatedTo(ChronoUnit.MINUTES).equals(from)
                || !to.truncatedTo(ChronoUnit.MINUTES).equals(to)) {
            throw new IllegalArgumentException("bounds fall on minutes: " + from + " to " + to);
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a period does not end before it begins: " + from + " to " + to);
        }
    }

    /** The shortest that holds both. */
    public Period and(Period other) {
        return new Period(from.isBefore(other.from) ? from : other.from, to.isAfter(other.to) ? to : other.to);
    }
}
