package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The customers of one partition that come first, and what all of them used. Where the order is left to the data, which says it only at the end, there is
 * a board for each that it may be.
 */
final class Ranking {
    private final boolean rowsOnly;
    private final List<Board> boards;
    private SortedMap<Series, Amounts> all = new TreeMap<>();
    private long customers;
    private long excluded;

    Ranking(ByCustomerQuery query) {
        rowsOnly = query.rowsOnly();
        boards = query.sortBy().map(List::of).orElse(List.of(SortBy.COST, SortBy.REQUESTS)).stream()
                .map(sortBy -> new Board(new RowOrder(sortBy, query.descending()), query))
                .toList();
    }

    void meet(OneCustomer customer) {
        if (!rowsOnly) {
            customer.addToAll();
            customers++;
        }
        boards.forEach(board -> board.meet(customer));
    }

    /** One more is left out. */
    void leaveOut() {
        excluded += rowsOnly ? 0 : 1;
    }

    /** Whether rows follow the last one of the page. */
    boolean isMore(ByCustomerQuery query) {
        return boards.stream().allMatch(board -> board.met() > query.limit());
    }

    /** All were met. */
    Ranking end(OneCustomer customer) {
        all = rowsOnly ? all : customer.all();
        return this;
    }

    /** The page that the rankings of some partitions make together. */
    static UsageByCustomer page(List<Ranking> parts, ByCustomerQuery query, Period period, Freshness freshness) {
        var all = new TreeMap<Series, Amounts>();
        for (Ranking part : parts) {
            part.all.forEach((series, amounts) -> all.computeIfAbsent(series, any -> Amounts.of(series.kind()))
                    .add(amounts));
        }
        Sums totals = all.entrySet().stream()
                .map(one -> SeriesSums.of(one.getKey(), one.getValue()))
                .reduce(Sums.NONE, Sums::plus);
        long requests = all.entrySet().stream()
                .filter(one -> one.getKey().kind() == EventKind.REQUEST)
                .map(Map.Entry::getValue)
                .mapToLong(amounts -> amounts.get(Amounts.OfRequest.COUNT).longValueExact())
                .sum();
        RowOrder order = RowOrder.of(query, totals);
        List<Board> boards =
                parts.stream().flatMap(part -> part.board(order).stream()).toList();
        List<Row> rows = boards.stream()
                .flatMap(board -> board.rows().stream())
                .sorted(order)
                .limit(query.limit())
                .toList();
        return new UsageByCustomer(
                period,
                order.sortBy(),
                rows,
                totals,
                requests,
                order.value(totals, requests),
                parts.stream().mapToLong(part -> part.customers).sum(),
                parts.stream().mapToLong(part -> part.excluded).sum(),
                boards.stream().mapToLong(Board::met).sum() > query.limit(),
                freshness);
    }

    private Optional<Board> board(RowOrder order) {
        return boards.stream().filter(board -> board.order().equals(order)).findFirst();
    }
}
