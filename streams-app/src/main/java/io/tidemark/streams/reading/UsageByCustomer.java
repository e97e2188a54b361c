package io.tidemark.streams.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The usage of a tenant's customers, one row for each that used anything in the period.
 *
 * @param period the span that was really summed: the asked one, widened where data so fine is kept no longer
 * @param sortedBy what the rows are sorted by
 * @param totals over every customer of the period, not only these rows; zero, as all that is said of every customer, where rows alone were asked for
 * @param totalRequests request events over every customer of the period
 * @param totalValue the sort value summed over every customer of the period; zero when sorted by external id
 * @param customers how many rows there are on all pages
 * @param excluded how many customers used something and were left out, being inactive or deleted
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
        long excluded,
        boolean more,
        Freshness freshness) {

    public UsageByCustomer {
        rows = List.copyOf(rows);
    }

    /**
     * One customer's usage.
     *
     * @param id our own; empty until the directory has the customer
     * @param value what it is sorted by
     */
    public record Row(
            String externalId, Optional<UUID> id, Optional<String> name, long requests, Sums sums, BigDecimal value) {

        /** The same row of a customer that is known. */
        public Row called(UUID knownId, Optional<String> knownName) {
            return new Row(externalId, Optional.of(knownId), knownName, requests, sums, value);
        }
    }

    /** The same page with these rows. */
    public UsageByCustomer with(List<Row> named) {
        return new UsageByCustomer(
                period, sortedBy, named, totals, totalRequests, totalValue, customers, excluded, more, freshness);
    }
}
