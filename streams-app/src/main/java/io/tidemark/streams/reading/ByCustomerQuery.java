package io.tidemark.streams.reading;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Which customers' usage, in which order.
 *
 * @param sortBy empty: by cost where the period has exactly one currency (or one is asked for), else by requests
 * @param meter only readings of this meter count; empty: all
 * @param currency only readings in this ISO 4217 currency count; empty: all
 * @param includeInactive whether customers that are inactive or deleted are among the rows and in the totals
 * @param limit how many rows at most
 * @param after where the last page ended; empty: from the start
 * @param rowsOnly whether no more is read than the rows need: totals, and how many customers there are, are then of nothing. Only by external
 *     id, ascending, as they are stored. (Not the other way round: who does not know it leaves it out)
 */
public record ByCustomerQuery(
        Optional<SortBy> sortBy,
        boolean descending,
        Optional<String> meter,
        Optional<String> currency,
        boolean includeInactive,
        int limit,
        Optional<RowKey> after,
        boolean rowsOnly) {

    public ByCustomerQuery {
        if (rowsOnly && (descending || !sortBy.equals(Optional.of(SortBy.EXTERNAL_ID)))) {
            throw new IllegalArgumentException("rows alone are read in the order in which they are stored");
        }
    }

    /** With totals. */
    public ByCustomerQuery(
            Optional<SortBy> sortBy,
            boolean descending,
            Optional<String> meter,
            Optional<String> currency,
            boolean includeInactive,
            int limit,
            Optional<RowKey> after) {
        this(sortBy, descending, meter, currency, includeInactive, limit, after, false);
    }

    /** The same in that order, whatever the data. */
    public ByCustomerQuery sortedBy(SortBy order) {
        return new ByCustomerQuery(
                Optional.of(order), descending, meter, currency, includeInactive, limit, after, rowsOnly);
    }

    /** The same without totals. */
    public ByCustomerQuery withoutTotals() {
        return new ByCustomerQuery(sortBy, descending, meter, currency, includeInactive, limit, after, true);
    }

    /** What rows are sorted by; equal values are sorted by external id, ascending. */
    public enum SortBy {
        COST,
        CREDITS,
        REQUESTS,
        QUANTITY,
        EXTERNAL_ID
    }

    /** Where a row stands: its sort value ({@code 0} when sorted by external id) and its external id. */
    public record RowKey(BigDecimal value, String externalId) {}
}
