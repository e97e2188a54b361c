package io.tidemark.streams.recount;

import io.tidemark.streams.dedupe.Id;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import org.jspecify.annotations.Nullable;

/**
 * What was read first of each identity, some 50 bytes of heap for each: a hash table by open addressing over arrays, no object for an id. Any number
 * of threads, one at a time.
 */
final class FirstSights {
    private static final int FIRST_SIZE = 1 << 10;
    private static final int PARTITION_BITS = 14;
    private static final int OFFSET_BITS = 48;

    private long[] high = new long[FIRST_SIZE];
    private long[] low = new long[FIRST_SIZE];
    private long[] places = new long[FIRST_SIZE];
    private int[] contents = new int[FIRST_SIZE];
    private int[] minutes = new int[FIRST_SIZE];
    private int[] arrivals = new int[FIRST_SIZE];
    private int ids;

    /**
     * A sight of an event.
     *
     * @param content the hash of what it says beyond identity and time
     * @param minute in which it occurred, since 1970-01-01T00:00Z
     * @param arrivedAt seconds since then
     */
    record Sight(Coordinates at, int content, int minute, int arrivedAt) {
        boolean isOfThePlaceOf(Sight other) {
            return at.topic() == other.at.topic() && at.partition() == other.at.partition();
        }

        /** Whether counting the one or the other comes to the same. */
        boolean countsLike(Sight other) {
            return content == other.content && minute == other.minute;
        }
    }

    /** The first sight of an identity; null if it is this one, which is noted. */
    synchronized @Nullable Sight firstOrNote(Id id, Sight sight) {
        int at = find(id.high(), id.low());
        if (places[at] != 0) {
            return new Sight(place(places[at]), contents[at], minutes[at], arrivals[at]);
        }
        if (3 * ++ids > 2 * places.length) {
            grow();
            at = find(id.high(), id.low());
        }
        set(at, id.high(), id.low(), place(sight.at()), sight.content(), sight.minute(), sight.arrivedAt());
        return null;
    }

    private void set(int at, long idHigh, long idLow, long place, int content, int minute, int arrivedAt) {
        high[at] = idHigh;
        low[at] = idLow;
        places[at] = place;
        contents[at] = content;
        minutes[at] = minute;
        arrivals[at] = arrivedAt;
    }

    private void grow() {
        var bigger = new FirstSights();
        int size = 2 * places.length;
        bigger.high = new long[size];
        bigger.low = new long[size];
        bigger.places = new long[size];
        bigger.contents = new int[size];
        bigger.minutes = new int[size];
        bigger.arrivals = new int[size];
        for (int at = 0; at < places.length; at++) {
            if (places[at] != 0) {
                bigger.set(
                        bigger.find(high[at], low[at]),
                        high[at],
                        low[at],
                        places[at],
                        contents[at],
                        minutes[at],
                        arrivals[at]);
            }
        }
        high = bigger.high;
        low = bigger.low;
        places = bigger.places;
        contents = bigger.contents;
        minutes = bigger.minutes;
        arrivals = bigger.arrivals;
    }

    private int find(long idHigh, long idLow) {
        // The other half of the identity says which of these tables it is in.
        int at = (int) (idHigh >>> 16) & (places.length - 1);
        while (places[at] != 0 && (high[at] != idHigh || low[at] != idLow)) {
            at = (at + 1) & (places.length - 1);
        }
        return at;
    }

    /** Coordinates as one number, never zero. */
    static long place(Coordinates at) {
        if (at.partition() >= 1 << PARTITION_BITS || at.offset() >= 1L << OFFSET_BITS) {
            throw new IllegalArgumentException("no place can be noted for " + at);
        }
        return (long) at.topic().code() << (PARTITION_BITS + OFFSET_BITS)
                | (long) at.partition() << OFFSET_BITS
                | at.offset();
    }

    private static Coordinates place(long place) {
        return new Coordinates(
                Source.of((byte) (place >>> (PARTITION_BITS + OFFSET_BITS))),
                (int) (place >>> OFFSET_BITS) & ((1 << PARTITION_BITS) - 1),
                place & ((1L << OFFSET_BITS) - 1));
    }
}
