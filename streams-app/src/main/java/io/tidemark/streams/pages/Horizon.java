package io.tidemark.streams.pages;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a partition's finer pages are purged or being purged, in minutes since 1970-01-01T00:00Z, both on UTC
 * midnights. Written before the first page goes, so that a reader who sees a page missing sees why.
 *
 * <p>Key: {@code [0x03]}. Value: layout 1, then the two horizons, then the two up to which the purge is complete.
 *
 * @param hours no hour page that ends at or before this minute may be read
 * @param days the same of day pages
 * @param hoursDone up to where no hour page is left
 * @param daysDone up to where no day page is left
 */
record Horizon(long hours, long days, long hoursDone, long daysDone) {
    static final Bytes KEY = new BytesOut().raw(HotStore.PURGED).toKey();
    static final Horizon NONE = new Horizon(Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);

    private static final byte LAYOUT = 1;

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .number(hours)
                .number(days)
                .number(hoursDone)
                .number(daysDone)
                .toBytes();
    }

    static Horizon decode(byte @Nullable [] stored) {
        if (stored == null) {
            return NONE;
        }
        var in = new BytesIn(stored).version(LAYOUT);
        return new Horizon(in.number(), in.number(), in.number(), in.number());
    }

    /** Whether a page of that granularity and minute may be gone already. Where a day page may be, its hour pages may. */
    boolean hasPassed(Granularity granularity, long minute) {
        return switch (granularity) {
            case HOUR -> minute < hours;
            case DAY -> minute < days;
            case MONTH -> false;
        };
    }

    /** From when on pages of that granularity are kept; empty: none was ever purged. */
    Optional<Instant> since(Granularity granularity) {
        long minute = keptFrom(granularity);
        return minute == Long.MIN_VALUE ? Optional.empty() : Optional.of(Minutes.instant(minute));
    }

    /** The first minute whose pages of that granularity are all there. */
    long keptFrom(Granularity granularity) {
        return switch (granularity) {
            case HOUR -> Math.max(hours, days);
            case DAY -> days;
            case MONTH -> Long.MIN_VALUE;
        };
    }

    /** The tighter of two partitions' horizons. */
    Horizon and(Horizon other) {
        return new Horizon(
                Math.max(hours, other.hours),
                Math.max(days, other.days),
                Math.max(hoursDone, other.hoursDone),
                Math.max(daysDone, other.daysDone));
    }

    /** A span whose bounds need no page that is gone: an end older than the finest pages kept moves outward. */
    Span widen(Span span) {
        return new Span(down(span.from()), up(span.to()));
    }

    private long down(long minute) {
        long grid = gridAt(minute);
        return Math.floorDiv(minute, grid) * grid;
    }

    private long up(long minute) {
        long grid = gridAt(minute);
        return -Math.floorDiv(-minute, grid) * grid;
    }

    private long gridAt(long minute) {
        if (minute < days) {
            return Granularity.MINUTES_OF_DAY;
        }
        return minute < hours ? Granularity.MINUTES_OF_QUARTER : 1;
    }

    /** A half-open span in minutes since 1970-01-01T00:00Z. */
    record Span(long from, long to) {}
}
