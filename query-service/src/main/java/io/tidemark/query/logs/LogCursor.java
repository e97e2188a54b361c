package io.tidemark.query.logs;

import io.tidemark.query.request.CursorText;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.requestlog.Place;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of the log begins, which is the place of a request and does not move while others arrive; and which requests are gone through.
 * Opaque to clients. It is not signed: whoever makes one up can ask for nothing that parameters could not ask for.
 *
 * @param period empty: all that is kept
 * @param position what the first page contained and every further page must contain
 * @param spelling the parameters that say which requests, as the first page wrote them
 */
record LogCursor(Optional<Period> period, Map<String, String> spelling, Place after, String position) {
    private static final int VERSION = 1;

    LogCursor {
        spelling = Map.copyOf(spelling);
    }

    String encoded() {
        return CursorText.of(Wire.of(this));
    }

    static Optional<LogCursor> decode(String text) {
        return CursorText.read(text, Wire.class, Wire::cursor);
    }

    /** Short names, for the sake of short URLs. Bounds are epoch minutes, the place is its micros, source, partition, offset. */
    private record Wire(
            int v,
            @Nullable Long f,
            @Nullable Long t,
            @Nullable Map<String, String> p,
            long m,
            byte s,
            int n,
            long o,
            @Nullable String a) {

        Optional<LogCursor> cursor() {
            if (v != VERSION || p == null || p.containsKey(null) || p.containsValue(null) || a == null) {
                return Optional.empty();
            }
            if ((f == null) != (t == null)) {
                return Optional.empty();
            }
            Optional<Period> period = f == null || t == null
                    ? Optional.empty()
                    : Optional.of(new Period(CursorText.minute(f), CursorText.minute(t)));
            return Optional.of(new LogCursor(period, p, new Place(m, Source.of(s), n, o), a));
        }

        static Wire of(LogCursor cursor) {
            Place after = cursor.after;
            return new Wire(
                    VERSION,
                    cursor.period
                            .map(period -> CursorText.minuteOf(period.from()))
                            .orElse(null),
                    cursor.period
                            .map(period -> CursorText.minuteOf(period.to()))
                            .orElse(null),
                    cursor.spelling,
                    after.occurredAt(),
                    after.source().code(),
                    after.partition(),
                    after.offset(),
                    cursor.position);
        }
    }
}
