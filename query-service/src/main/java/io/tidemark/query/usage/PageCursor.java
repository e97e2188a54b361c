package io.tidemark.query.usage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidemark.query.request.ExternalId;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages.Name;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the next answer about pages goes on, and what it is about: opaque to clients. It is not signed: whoever makes one up can ask for nothing that
 * parameters could not ask for.
 *
 * @param behind the page of the partition after which to go on; empty: from its first
 */
record PageCursor(PageLength length, Period period, Optional<String> customer, int partition, Optional<Name> behind) {
    private static final int VERSION = 1;
    private static final int LONGEST = 8192;
    private static final int MOST_PARTITIONS = 100_000;
    /** 1900 and 2200. */
    private static final long FIRST_MINUTE = -36_816_480L;

    private static final long LAST_MINUTE = 120_968_640L;
    private static final JsonMapper JSON = new JsonMapper();

    String encoded() {
        try {
            byte[] json = JSON.writeValueAsBytes(Wire.of(this));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
        } catch (JacksonException unwritable) {
            throw new IllegalStateException("a cursor must be writable as JSON", unwritable);
        }
    }

    static Optional<PageCursor> decode(String text) {
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

    /** Short names, for the sake of short URLs. Instants are epoch minutes. */
    private record Wire(
            int v,
            @Nullable String g,
            long f,
            long t,
            @Nullable String c,
            int p,
            @Nullable Behind b) {

        Optional<PageCursor> cursor() {
            Optional<PageLength> length = Optional.ofNullable(g).flatMap(PagesParser::length);
            boolean sound = v == VERSION
                    && f >= FIRST_MINUTE
                    && f < t
                    && t <= LAST_MINUTE
                    && p >= 0
                    && p < MOST_PARTITIONS
                    && (c == null || ExternalId.valid(c));
            Optional<Name> behind = b == null ? Optional.empty() : b.name();
            if (!sound || length.isEmpty() || (b != null && behind.isEmpty())) {
                return Optional.empty();
            }
            var period = new Period(minute(f), minute(t));
            return Optional.of(new PageCursor(length.get(), period, Optional.ofNullable(c), p, behind));
        }

        static Wire of(PageCursor cursor) {
            return new Wire(
                    VERSION,
                    cursor.length.label(),
                    minuteOf(cursor.period.from()),
                    minuteOf(cursor.period.to()),
                    cursor.customer.orElse(null),
                    cursor.partition,
                    cursor.behind.map(Behind::of).orElse(null));
        }
    }

    private record Behind(
            long f,
            @Nullable String e,
            int k,
            @Nullable String m,
            @Nullable String c) {

        Optional<Name> name() {
            boolean sound = e != null
                    && m != null
                    && c != null
                    && (k == EventKind.REQUEST.code() || k == EventKind.USAGE.code())
                    && f >= FIRST_MINUTE
                    && f <= LAST_MINUTE
                    && ExternalId.valid(e)
                    && ByCustomerParser.METER.matcher(m).matches()
                    && (c.isEmpty() || ByCustomerParser.CURRENCY.matcher(c).matches());
            return sound && e != null && m != null && c != null
                    ? Optional.of(new Name(minute(f), e, EventKind.of((byte) k), m, c))
                    : Optional.empty();
        }

        static Behind of(Name name) {
            return new Behind(
                    minuteOf(name.from()), name.externalId(), name.kind().code(), name.meter(), name.currency());
        }
    }

    private static Instant minute(long epochMinutes) {
        return Instant.ofEpochSecond(Math.multiplyExact(epochMinutes, 60L));
    }

    private static long minuteOf(Instant instant) {
        return Math.floorDiv(instant.getEpochSecond(), 60L);
    }
}
