package io.tidemark.streams.reading;

import java.math.BigDecimal;
import java.util.List;

/**
 * The usage of a tenant's customers, one row for each that used anything in the period.
 *
 * @param period the span that was really summed: the asked one, widened where data so fine is kept no longer
 * @param sortedBy what the rows are sorted by
 * @param totals over every customer of the period, not only these rows
 * @param totalRequests request events over every customer of the period
 * @param totalValue the sort value summed over every customer of the period; zero when sorted by external id
 * @param customers how many rows there are on all pages
 * @param more whether rows follow the last of these
 */
public record UsageByCustomer(
        Period period,
        ByCustomerQuery.SortBy sortedBy,
        List<Row> rows,
        Sums totals,
        long totalRequests,
        BigDecimal totalValue,
        long customers,
        boolean more,
        Freshness freshness) {

    public UsageByCustomer {
        rows = List.copyOf(rows);
    }

    /** One customer's usage; {@code value} is what it is sorted by. */
    public record Row(String externalId, long requests, Sums sums, BigDecimal value) {}
}
