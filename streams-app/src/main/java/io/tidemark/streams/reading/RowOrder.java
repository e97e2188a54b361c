package io.tidemark.streams.reading;

import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;

/** How rows are sorted, and by which value of theirs. Pure. */
public record RowOrder(SortBy sortBy, boolean descending) implements Comparator<Row> {
    private static final Comparator<Row> BY_ID = Comparator.comparing(Row::externalId, RowOrder::byCodePoint);
    private static final Comparator<Row> BY_VALUE = Comparator.comparing(Row::value);

    /** As UTF-8 sorts, and with it what is stored; {@code String} sorts by UTF-16, where what has a surrogate comes too early. */
    public static int byCodePoint(String one, String other) {
        int end = Math.min(one.length(), other.length());
        for (int i = 0; i < end; i++) {
            if (one.charAt(i) != other.charAt(i)) {
                return Integer.compare(rank(one.charAt(i)), rank(other.charAt(i)));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + Character.MAX_VALUE : unit;
    }

    /** That of a query, for data with these totals. */
    public static RowOrder of(ByCustomerQuery query, Sums totals) {
        SortBy natural = totals.cost().size() == 1 ? SortBy.COST : SortBy.REQUESTS;
        return new RowOrder(query.sortBy().orElse(natural), query.descending());
    }

    @Override
    public int compare(Row one, Row other) {
        if (sortBy == SortBy.EXTERNAL_ID) {
            return descending ? BY_ID.compare(other, one) : BY_ID.compare(one, other);
        }
        int byValue = descending ? BY_VALUE.compare(other, one) : BY_VALUE.compare(one, other);
        return byValue == 0 ? BY_ID.compare(one, other) : byValue;
    }

    /** Whether a row comes after the end of the last page. */
    public boolean isAfter(Row row, RowKey end) {
        var last = new Row(end.externalId(), Optional.empty(), Optional.empty(), 0, Sums.NONE, end.value());
        return compare(row, last) > 0;
    }

    /** What rows with these sums are sorted by; zero where that is their external id. */
    public BigDecimal value(Sums sums, long requests) {
        return switch (sortBy) {
            case COST -> sums.cost().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case CREDITS -> sums.credits();
            case REQUESTS -> BigDecimal.valueOf(requests);
            case QUANTITY -> sums.quantity();
            case EXTERNAL_ID -> BigDecimal.ZERO;
        };
    }
}
