package io.tidemark.streams.reading;

import io.tidemark.streams.event.EventKind;
import java.util.Comparator;

/** What was used of one meter. A usage meter may be called {@code requests} too; the kind tells the two apart. */
public record MeterUsage(EventKind kind, String meter, Sums sums) {
    private static final Comparator<Name> ORDER =
            Comparator.comparing(Name::kind).thenComparing(Name::meter);

    /** What it is told apart by. */
    record Name(EventKind kind, String meter) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    Name name() {
        return new Name(kind, meter);
    }
}
