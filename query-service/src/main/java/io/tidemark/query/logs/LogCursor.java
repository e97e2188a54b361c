package io.tidemark.query.logs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.requestlog.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
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
    private static final int LONGEST = 8192;
    private static final JsonMapper JSON = new JsonMapper();

    LogCursor {
        spelling = Map.copyOf(spelling);
    }

    String encoded() {
        try {
            byte[] json = JSON.writeValueAsBytes(Wire.of(this));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JacksonException unwritable) {
            throw new IllegalStateException("a cursor must be writable as JSON", unwritable);
        }
    }

    static Optional<LogCursor> decode(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text);
            Wire wire = JSON.readValue(new String(json, StandardCharsets.UTF_8), Wire.class);
            return Optional.ofNullable(wire).flatMap(Wire::cursor);
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException | JacksonException broken) {
            return Optional.empty();
        }
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
            Optional<Period> period =
                    f == null || t == null ? Optional.empty() : Optional.of(new Period(minute(f), minute(t)));
            return Optional.of(new LogCursor(period, p, new Place(m, Source.of(s), n, o), a));
        }

        /** 1900 and 2200: whoever forges a cursor can ask for no more than parameters can. */
        private static final long FIRST_MINUTE = -36_816_480L;

        private static final long LAST_MINUTE = 120_968_640L;

        private static Instant minute(long epochMinutes) {
            if (epochMinutes < FIRST_MINUTE || epochMinutes > LAST_MINUTE) {
                throw new IllegalArgumentException("no minute that parameters can name");
            }
            return Instant.ofEpochSecond(epochMinutes * 60L);
        }

        static Wire of(LogCursor cursor) {
            Place after = cursor.after;
            return new Wire(
                    VERSION,
                    cursor.period
                            .map(period -> period.from().getEpochSecond() / 60)
                            .orElse(null),
                    cursor.period
                            .map(period -> period.to().getEpochSecond() / 60)
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
