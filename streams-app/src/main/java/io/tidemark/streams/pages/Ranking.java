package io.tidemark.streams.pages;

import io.tidemark.streams.pages.TenantReader.CustomerSums;
import io.tidemark.streams.pages.TenantReader.Scanned;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.util.List;
import java.util.Optional;

/** Sorts customers by what was asked for and cuts a page out of them. Pure. */
final class Ranking {
    private Ranking() {}

    static UsageByCustomer of(Scanned scanned, ByCustomerQuery query, Period period, Freshness freshness) {
        List<CustomerSums> customers = scanned.customers();
        List<CustomerSums> summed = query.rowsOnly() ? List.of() : customers;
        Sums totals = summed.stream().map(CustomerSums::sums).reduce(Sums.NONE, Sums::plus);
        long requests = summed.stream().mapToLong(CustomerSums::requests).sum();
        RowOrder order = RowOrder.of(query, totals);
        List<Row> rest = customers.stream()
                .map(customer -> row(customer, order))
                .filter(row -> query.after().map(end -> order.isAfter(row, end)).orElse(true))
                .sorted(order)
                .toList();
        return new UsageByCustomer(
                period,
                order.sortBy(),
                rest.subList(0, Math.min(query.limit(), rest.size())),
                totals,
                requests,
                order.value(totals, requests),
                summed.size(),
                scanned.excluded(),
                rest.size() > query.limit(),
                freshness);
    }

    private static Row row(CustomerSums customer, RowOrder order) {
        Sums sums = customer.sums();
        return new Row(
                customer.customer(),
                Optional.empty(),
                Optional.empty(),
                customer.requests(),
                sums,
                order.value(sums, customer.requests()));
    }
}
