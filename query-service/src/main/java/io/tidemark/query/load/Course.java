package io.tidemark.query.load;

import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** The order in which a load's events go: by number, and between them those that are repeated. */
final class Course {
    /** A repeat follows at once or after so many others, as a producer's retry does. */
    private static final int LATEST_REPEAT = 5_000;

    private final LoadEvents events;
    private final long count;
    private final PriorityQueue<Due> repeats =
            new PriorityQueue<>(Comparator.comparingLong(Due::after).thenComparing(Due::number));
    private long next;

    /** One event on its way. */
    record Step(long number, boolean repeat) {}

    private record Due(long after, long number) {}

    Course(LoadEvents events, long count) {
        this.events = events;
        this.count = count;
    }

    /** The next one; empty at the end. */
    Optional<Step> next() {
        Due repeat = repeats.peek();
        if (repeat != null && (repeat.after() < next || next == count)) {
            repeats.remove();
            return Optional.of(new Step(repeat.number(), true));
        }
        if (next == count) {
            return Optional.empty();
        }
        long number = next++;
        int after = events.repeatedAfter(number, LATEST_REPEAT);
        if (after >= 0) {
            repeats.add(new Due(number + after, number));
        }
        return Optional.of(new Step(number, false));
    }
}
