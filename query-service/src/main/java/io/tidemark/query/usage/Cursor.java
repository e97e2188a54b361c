package io.tidemark.query.usage;

import io.tidemark.query.request.CursorText;
import io.tidemark.query.request.ExternalId;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of by-customer usage begins, and everything that must stay as it was: opaque to clients. It is not
 * signed: whoever makes one up can ask for nothing that parameters could not ask for.
 *
 * @param position what the first page contained and every further page must contain
 * @param spelling the period's parameters as the first page wrote them
 */
record Cursor(
        Period period,
        SortBy sortBy,
        boolean descending,
        Optional<String> meter,
        Optional<String> currency,
        boolean includeInactive,
        RowKey after,
        String position,
        Map<String, String> spelling) {

    private static final int VERSION = 1;
    /** No exponent, or a short text could stand for a number that fills the memory. */
    private static final Pattern VALUE = Pattern.compile("-?[0-9]{1,80}(\\.[0-9]{1,20})?");

    Cursor {
        spelling = Map.copyOf(spelling);
    }

    /** Behind the last row of a page; empty when no row follows. */
    static Optional<Cursor> behind(UsageByCustomer page, ByCustomerAsked asked) {
        if (!page.more() || page.rows().isEmpty()) {
            return Optional.empty();
        }
        var last = page.rows().get(page.rows().size() - 1);
        ByCustomerQuery query = asked.query();
        // The order the first page found is pinned too: a second currency must not turn cost into requests midway.
        return Optional.of(new Cursor(
                asked.period(),
                page.sortedBy(),
                query.descending(),
                query.meter(),
                query.currency(),
                query.includeInactive(),
                new RowKey(last.value(), last.externalId()),
                page.freshness().position(),
                asked.spelling()));
    }

    String encoded() {
        return CursorText.of(Wire.of(this));
    }

    static Optional<Cursor> decode(String text) {
        return CursorText.read(text, Wire.class, Wire::cursor);
    }

    /** Short names, for the sake of short URLs. Instants are epoch minutes. */
    private record Wire(
            int v,
            long f,
            long t,
            @Nullable String s,
            boolean d,
            @Nullable String m,
            @Nullable String c,
            boolean i,
            @Nullable String k,
            @Nullable String e,
            @Nullable String a,
            @Nullable Map<String, String> p) {

        Optional<Cursor> cursor() {
            if (v != VERSION
                    || s == null
                    || k == null
                    || e == null
                    || a == null
                    || p == null
                    || p.containsValue(null)
                    || t <= f) {
                return Optional.empty();
            }
            if (!VALUE.matcher(k).matches() || !ExternalId.valid(e)) {
                return Optional.empty();
            }
            if (!matches(m, ByCustomerParser.METER) || !matches(c, ByCustomerParser.CURRENCY)) {
                return Optional.empty();
            }
            var period = new Period(CursorText.minute(f), CursorText.minute(t));
            var after = new RowKey(new BigDecimal(k), e);
            return SortNames.parse(s)
                    .map(sort -> new Cursor(
                            period, sort, d, Optional.ofNullable(m), Optional.ofNullable(c), i, after, a, p));
        }

        private static boolean matches(@Nullable String text, Pattern shape) {
            return text == null || shape.matcher(text).matches();
        }

        static Wire of(Cursor cursor) {
            return new Wire(
                    VERSION,
                    CursorText.minuteOf(cursor.period.from()),
                    CursorText.minuteOf(cursor.period.to()),
                    SortNames.of(cursor.sortBy),
                    cursor.descending,
                    cursor.meter.orElse(null),
                    cursor.currency.orElse(null),
                    cursor.includeInactive,
                    cursor.after.value().toPlainString(),
                    cursor.after.externalId(),
                    cursor.position,
                    cursor.spelling);
        }
    }
}
