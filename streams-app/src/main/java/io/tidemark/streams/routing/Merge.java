package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import io.tidemark.streams.routing.Scatter.Said;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the parts of an answer about all customers together: no partition is in two of them. Sums are added, rows merged in their order. Pure.
 *
 * <p>A part sorts and widens the period by what it has itself, where the question leaves that to the data. All of them must have done it in the
 * way that all the data asks for: {@link #differing} says which did not.
 */
final class Merge {
    private final ByCustomerQuery query;
    private final List<Said<UsageByCustomer>> parts;
    private final Sums totals;
    private final RowOrder order;

    /** @param parts one or more */
    Merge(ByCustomerQuery query, List<Said<UsageByCustomer>> parts) {
        this.query = query;
        this.parts = List.copyOf(parts);
        totals = parts.stream().map(part -> part.answer().totals()).reduce(Sums.NONE, Sums::plus);
        order = RowOrder.of(query, totals);
    }

    /** What rows are sorted by, given all the data. */
    SortBy sortBy() {
        return order.sortBy();
    }

    /** The narrowest period that none of the parts would widen. */
    Period period() {
        return new Period(
                periods().map(Period::from).min(Comparator.naturalOrder()).orElseThrow(),
                periods().map(Period::to).max(Comparator.naturalOrder()).orElseThrow());
    }

    private Stream<Period> periods() {
        return parts.stream().map(part -> part.answer().period());
    }

    /** The partitions whose parts are of another period or in another order. */
    Set<Integer> differing() {
        Period all = period();
        return parts.stream()
                .filter(part ->
                        !part.answer().period().equals(all) || part.answer().sortedBy() != sortBy())
                .flatMap(part -> part.partitions().stream())
                .collect(Collectors.toSet());
    }

    /** @param asked the partitions it should be about */
    Answer<UsageByCustomer> answer(Set<Integer> asked) {
        if (sortBy() == SortBy.COST && totals.cost().size() > 1) {
            return new Answer.Unclear<>(
                    "currency",
                    "is needed to sort by cost: there are costs in "
                            + String.join(", ", totals.cost().keySet()));
        }
        List<Row> rows = rows();
        long requests =
                parts.stream().mapToLong(part -> part.answer().totalRequests()).sum();
        boolean more = parts.stream().anyMatch(part -> part.answer().more())
                || rows.size()
                        < parts.stream()
                                .mapToInt(part -> part.answer().rows().size())
                                .sum();
        return new Answer.Found<>(new UsageByCustomer(
                period(),
                sortBy(),
                rows,
                totals,
                requests,
                order.value(totals, requests),
                parts.stream().mapToLong(part -> part.answer().customers()).sum(),
                parts.stream().mapToLong(part -> part.answer().excluded()).sum(),
                more,
                freshness(asked)));
    }

    private record Next(Row row, Iterator<Row> rest) {
        static Optional<Next> of(Iterator<Row> rows) {
            return rows.hasNext() ? Optional.of(new Next(rows.next(), rows)) : Optional.empty();
        }
    }

    /** The first of all, as many as were asked for. */
    private List<Row> rows() {
        var heads = new PriorityQueue<Next>(Comparator.comparing(Next::row, order));
        parts.forEach(part -> Next.of(part.answer().rows().iterator()).ifPresent(heads::add));
        var rows = new ArrayList<Row>();
        for (Next head = heads.poll(); head != null && rows.size() < query.limit(); head = heads.poll()) {
            rows.add(head.row());
            Next.of(head.rest()).ifPresent(heads::add);
        }
        return rows;
    }

    private Freshness freshness(Set<Integer> asked) {
        return Scatter.freshness(asked, parts, UsageByCustomer::freshness);
    }
}
