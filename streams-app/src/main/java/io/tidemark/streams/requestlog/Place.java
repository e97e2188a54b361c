package io.tidemark.streams.requestlog;

import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * Where a request stands in the log: by when it occurred, the newest first, and among those of the same microsecond by where its record was first
 * appended. No two have the same, and it never changes.
 *
 * @param occurredAt UTC microseconds since 1970-01-01
 */
public record Place(long occurredAt, Source source, int partition, long offset) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparingLong(Place::occurredAt)
            .reversed()
            .thenComparing(Place::source, Comparator.comparingInt(Source::code))
            .thenComparingInt(Place::partition)
            .thenComparing(Comparator.comparingLong(Place::offset).reversed());

    private static final long MICROS = 1_000_000;

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    boolean isBehind(Place other) {
        return compareTo(other) > 0;
    }

    /** UTC seconds since 1970-01-01. */
    long second() {
        return secondOf(occurredAt);
    }

    static long secondOf(long micros) {
        return Math.floorDiv(micros, MICROS);
    }

    /** The end of a key: such keys sort as places do. */
    BytesOut to(BytesOut out) {
        return newestFirst(out, occurredAt).raw(source.code()).int32(partition).int64(Long.MAX_VALUE - offset);
    }

    static Place in(BytesIn in) {
        return new Place(Long.MAX_VALUE - in.int64(), Source.of(in.raw()), in.int32(), Long.MAX_VALUE - in.int64());
    }

    /** A number, the greater before the smaller. */
    static BytesOut newestFirst(BytesOut out, long number) {
        return out.int64(Long.MAX_VALUE - number);
    }

    /** Of an instant, since 1970-01-01T00:00Z. */
    static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
