package io.tidemark.streams.pages;

import io.tidemark.streams.pages.TenantReader.CustomerSums;
import io.tidemark.streams.pages.TenantReader.Scanned;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sorts customers by what was asked for and cuts a page out of them. Pure. */
final class Ranking {
    private final ByCustomerQuery query;
    private final Set<String> currencies;
    private final Sums totals;
    private final SortBy sortBy;

    private Ranking(ByCustomerQuery query, Sums totals) {
        this.query = query;
        this.totals = totals;
        this.currencies = totals.cost().keySet();
        this.sortBy = query.sortBy().orElse(currencies.size() == 1 ? SortBy.COST : SortBy.REQUESTS);
    }

    static Answer<UsageByCustomer> of(Scanned scanned, ByCustomerQuery query, Period period, Freshness freshness) {
        List<CustomerSums> customers = scanned.customers();
        Sums totals = customers.stream().map(CustomerSums::sums).reduce(Sums.NONE, Sums::plus);
        var ranking = new Ranking(query, totals);
        if (ranking.sortBy == SortBy.COST && ranking.currencies.size() > 1) {
            return new Answer.Unclear<>(
                    "currency",
                    "is needed to sort by cost: there are costs in " + String.join(", ", ranking.currencies));
        }
        return new Answer.Found<>(ranking.page(scanned, period, freshness));
    }

    private UsageByCustomer page(Scanned scanned, Period period, Freshness freshness) {
        List<Row> sorted =
                scanned.customers().stream().map(this::row).sorted(order()).toList();
        List<Row> rest = query.after()
                .map(after -> sorted.stream()
                        .filter(row -> order().compare(row, at(after)) > 0)
                        .toList())
                .orElse(sorted);
        List<Row> rows = rest.subList(0, Math.min(query.limit(), rest.size()));
        long requests = sorted.stream().mapToLong(Row::requests).sum();
        BigDecimal total = sorted.stream().map(Row::value).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new UsageByCustomer(
                period,
                sortBy,
                rows,
                totals,
                requests,
                total,
                sorted.size(),
                scanned.excluded(),
                rest.size() > rows.size(),
                freshness);
    }

    private Row row(CustomerSums customer) {
        return new Row(
                customer.customer(),
                Optional.empty(),
                Optional.empty(),
                customer.requests(),
                customer.sums(),
                value(customer));
    }

    private BigDecimal value(CustomerSums customer) {
        Sums sums = customer.sums();
        return switch (sortBy) {
            case COST -> sums.cost().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            case CREDITS -> sums.credits();
            case REQUESTS -> BigDecimal.valueOf(customer.requests());
            case QUANTITY -> sums.quantity();
            case EXTERNAL_ID -> BigDecimal.ZERO;
        };
    }

    private Comparator<Row> order() {
        Comparator<Row> byId = Comparator.comparing(Row::externalId);
        if (sortBy == SortBy.EXTERNAL_ID) {
            return query.descending() ? byId.reversed() : byId;
        }
        Comparator<Row> byValue = Comparator.comparing(Row::value);
        return (query.descending() ? byValue.reversed() : byValue).thenComparing(byId);
    }

    private static Row at(RowKey key) {
        return new Row(key.externalId(), Optional.empty(), Optional.empty(), 0, Sums.NONE, key.value());
    }
}
