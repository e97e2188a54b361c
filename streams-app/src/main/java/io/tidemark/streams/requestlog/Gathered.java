package io.tidemark.streams.requestlog;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one partition that a question asks for, as they are met in the order of their places; says when there are enough. */
final class Gathered {
    /** Rows that are looked at for one page: where few match, a page has fewer than were asked for, and goes on from where it ended. */
    static final int MOST_LOOKED_AT = 20_000;

    /** Of those that match, stored: all of them are held at once. */
    private static final int MOST_BYTES = 4 << 20;

    /** A page that took longer goes on from where it ended: whoever reads holds one of few threads. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    private static final int BETWEEN_LOOKS = 64;

    private final LogQuery query;
    private final OpenLog.Rows reader;
    private final long from;
    private final long to;
    private final List<LoggedRequest> rows = new ArrayList<>();
    private @Nullable Place last;
    private final long end = System.nanoTime() + LONGEST.toNanos();
    private boolean enough;
    private int lookedAt;
    private int bytes;

    /**
     * Of a span of time, in UTC microseconds since 1970-01-01.
     *
     * @param to before which they occurred
     */
    Gathered(LogQuery query, OpenLog.Rows reader, long from, long to) {
        this.query = query;
        this.reader = reader;
        this.from = from;
        this.to = to;
    }

    /** Whether a place is among those that are asked for. */
    boolean wants(Place place) {
        return place.occurredAt() >= from
                && place.occurredAt() < to
                && query.after().map(place::isBehind).orElse(true);
    }

    /** Passes a wanted place over whose row is gone; says whether more are needed. */
    boolean gone(Place place) {
        last = place;
        lookedAt++;
        return !isEnough();
    }

    /** Takes the row of a wanted place; says whether more are needed. */
    boolean take(Place place, byte[] stored) {
        last = place;
        lookedAt++;
        LoggedRequest row = reader.read(place, stored);
        if (query.matches(row.said())) {
            rows.add(row);
            bytes += stored.length;
        }
        return !isEnough();
    }

    private boolean isEnough() {
        enough |= rows.size() > query.limit()
                || lookedAt >= MOST_LOOKED_AT
                || bytes > MOST_BYTES
                || (lookedAt % BETWEEN_LOOKS == 0 && System.nanoTime() - end > 0);
        return enough;
    }

    LogPage page(LogReach reach) {
        return new LogPage(rows, enough ? Optional.ofNullable(last) : Optional.empty(), reach);
    }
}
