package io.tidemark.streams.guarantees;

import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.Wait;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Compares a tenant's customers, in any order, page by page. */
final class Rankings {
    private final Machine machine;
    private final Comparison comparison;
    private final Calendar calendar;

    Rankings(Machine machine, Comparison comparison, Calendar calendar) {
        this.machine = machine;
        this.comparison = comparison;
        this.calendar = calendar;
    }

    void tenant(String tenant, Period asked, Random random) {
        SortBy sortBy = List.of(SortBy.values()).get(random.nextInt(SortBy.values().length));
        Optional<String> meter = random.nextInt(3) == 0 ? Optional.of("storage") : Optional.empty();
        Optional<String> currency =
                sortBy == SortBy.COST || random.nextInt(3) == 0 ? Optional.of("USD") : Optional.empty();
        var query = new ByCustomerQuery(
                Optional.of(sortBy),
                random.nextBoolean(),
                meter,
                currency,
                false,
                1 + random.nextInt(9),
                Optional.empty());
        Period period = calendar.answered(asked);
        Predicate<Told> which = told -> told.tenant.equals(tenant)
                && meter.map((told.usage ? told.meter : "requests")::equals).orElse(true)
                && currency.map(told.costCurrency()::equals).orElse(true);
        var wanted = new TreeMap<String, Tally>();
        var total = new Tally();
        for (Told told : comparison.within(period, which)) {
            wanted.computeIfAbsent(told.customer, any -> new Tally()).add(told);
            total.add(told);
        }
        compare(tenant + " " + asked + " " + query, query, tenant, asked, wanted, total);
    }

    private void compare(
            String question,
            ByCustomerQuery query,
            String tenant,
            Period asked,
            Map<String, Tally> wanted,
            Tally total) {
        var rows = new ArrayList<UsageByCustomer.Row>();
        Optional<RowKey> after = Optional.empty();
        boolean more = true;
        while (more) {
            Answer<UsageByCustomer> answer = machine.usage().byCustomer(tenant, asked, next(query, after), Wait.NOT);
            if (!(answer instanceof Answer.Found<UsageByCustomer> found)) {
                comparison.same(question, "found", answer);
                return;
            }
            UsageByCustomer page = found.value();
            comparison.same(question + " period", calendar.answered(asked), page.period());
            comparison.check(question + " totals", total, page.totals());
            comparison.same(question + " total requests", total.requests, page.totalRequests());
            comparison.same(question + " customers", (long) wanted.size(), page.customers());
            rows.addAll(page.rows());
            more = page.more();
            after = rows.isEmpty() ? Optional.empty() : Optional.of(key(rows.get(rows.size() - 1)));
        }
        compareRowsAlone(question, query, tenant, asked, rows);
        comparison.same(
                question + " order",
                order(query, wanted),
                rows.stream().map(UsageByCustomer.Row::externalId).toList());
        for (UsageByCustomer.Row row : rows) {
            Tally tally = wanted.getOrDefault(row.externalId(), new Tally());
            comparison.check(question + " " + row.externalId(), tally, row.sums());
            comparison.same(question + " " + row.externalId() + " requests", tally.requests, row.requests());
        }
    }

    /** Whoever asks for rows alone, in the order in which they are stored, is told the same of each customer. */
    private void compareRowsAlone(
            String question, ByCustomerQuery query, String tenant, Period asked, List<UsageByCustomer.Row> wanted) {
        var rows = new ArrayList<UsageByCustomer.Row>();
        Optional<RowKey> after = Optional.empty();
        boolean more = true;
        while (more) {
            var alone = new ByCustomerQuery(
                    Optional.of(SortBy.EXTERNAL_ID),
                    false,
                    query.meter(),
                    query.currency(),
                    query.includeInactive(),
                    query.limit(),
                    after,
                    true);
            Answer<UsageByCustomer> answer = machine.usage().byCustomer(tenant, asked, alone, Wait.NOT);
            if (!(answer instanceof Answer.Found<UsageByCustomer> found)) {
                comparison.same(question + " rows alone", "found", answer);
                return;
            }
            rows.addAll(found.value().rows());
            more = found.value().more();
            after = rows.isEmpty() ? Optional.empty() : Optional.of(key(rows.get(rows.size() - 1)));
        }
        comparison.same(question + " rows alone", inOrderOfIds(wanted), inOrderOfIds(rows));
        comparison.same(
                question + " order of rows alone",
                rows.stream()
                        .map(UsageByCustomer.Row::externalId)
                        .sorted(RowOrder::byCodePoint)
                        .toList(),
                rows.stream().map(UsageByCustomer.Row::externalId).toList());
    }

    private static List<String> inOrderOfIds(List<UsageByCustomer.Row> rows) {
        return rows.stream()
                .map(row -> row.externalId() + " " + row.requests() + " " + row.sums() + " " + row.name())
                .sorted()
                .toList();
    }

    private static ByCustomerQuery next(ByCustomerQuery query, Optional<RowKey> after) {
        return new ByCustomerQuery(
                query.sortBy(),
                query.descending(),
                query.meter(),
                query.currency(),
                query.includeInactive(),
                query.limit(),
                after);
    }

    private static RowKey key(UsageByCustomer.Row row) {
        return new RowKey(row.value(), row.externalId());
    }

    private static List<String> order(ByCustomerQuery query, Map<String, Tally> wanted) {
        SortBy sortBy = query.sortBy().orElseThrow();
        Comparator<String> byId = RowOrder::byCodePoint;
        Comparator<String> order = sortBy == SortBy.EXTERNAL_ID
                ? query.descending() ? byId.reversed() : byId
                : directed(Comparator.comparing(id -> value(sortBy, wanted.getOrDefault(id, new Tally()))), query)
                        .thenComparing(byId);
        return wanted.keySet().stream().sorted(order).toList();
    }

    private static Comparator<String> directed(Comparator<String> byValue, ByCustomerQuery query) {
        return query.descending() ? byValue.reversed() : byValue;
    }

    private static BigDecimal value(SortBy sortBy, Tally tally) {
        return switch (sortBy) {
            case COST -> tally.costOfAll();
            case CREDITS -> tally.credits;
            case REQUESTS -> BigDecimal.valueOf(tally.requests);
            case QUANTITY -> tally.quantity;
            case EXTERNAL_ID -> BigDecimal.ZERO;
        };
    }
}
