package io.tidemark.query.usage;

import io.tidemark.query.request.CursorText;
import io.tidemark.query.request.ExternalId;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.PageLength;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsagePages.Name;
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
    private static final int MOST_PARTITIONS = 100_000;

    String encoded() {
        return CursorText.of(Wire.of(this));
    }

    static Optional<PageCursor> decode(String text) {
        return CursorText.read(text, Wire.class, Wire::cursor);
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
            boolean sound =
                    v == VERSION && f < t && p >= 0 && p < MOST_PARTITIONS && (c == null || ExternalId.valid(c));
            Optional<Name> behind = b == null ? Optional.empty() : b.name();
            if (!sound || length.isEmpty() || (b != null && behind.isEmpty())) {
                return Optional.empty();
            }
            var period = new Period(CursorText.minute(f), CursorText.minute(t));
            return Optional.of(new PageCursor(length.get(), period, Optional.ofNullable(c), p, behind));
        }

        static Wire of(PageCursor cursor) {
            return new Wire(
                    VERSION,
                    cursor.length.label(),
                    CursorText.minuteOf(cursor.period.from()),
                    CursorText.minuteOf(cursor.period.to()),
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
                    && ExternalId.valid(e)
                    && ByCustomerParser.METER.matcher(m).matches()
                    && (c.isEmpty() || ByCustomerParser.CURRENCY.matcher(c).matches());
            return sound && e != null && m != null && c != null
                    ? Optional.of(new Name(CursorText.minute(f), e, EventKind.of((byte) k), m, c))
                    : Optional.empty();
        }

        static Behind of(Name name) {
            return new Behind(
                    CursorText.minuteOf(name.from()),
                    name.externalId(),
                    name.kind().code(),
                    name.meter(),
                    name.currency());
        }
    }
}
