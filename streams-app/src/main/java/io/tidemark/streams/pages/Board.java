package io.tidemark.streams.pages;

import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.RowOrder;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The first so many rows in one order, of those behind the end of the page before. Customers come in the order of their ids; one that cannot be among
 * the first is not made a row.
 */
final class Board {
    private static final int SCALE = 9;

    private final RowOrder order;
    private final int limit;
    private final Optional<RowKey> end;
    private final long endRoughly;
    /** The last of them first. */
    private final PriorityQueue<Row> rows;

    private long lastRoughly;
    private long met;

    Board(RowOrder order, ByCustomerQuery query) {
        this.order = order;
        limit = query.limit();
        end = query.after();
        endRoughly = end.map(RowKey::value).map(this::roughly).orElse(OneCustomer.UNKNOWN);
        rows = new PriorityQueue<>(order.reversed());
    }

    /** The value of a row in the units of {@link OneCustomer#roughly}. */
    private long roughly(BigDecimal value) {
        BigDecimal units = order.sortBy() == SortBy.REQUESTS ? value : value.movePointRight(SCALE);
        try {
            return units.longValueExact();
        } catch (ArithmeticException tooLarge) {
            return OneCustomer.UNKNOWN;
        }
    }

    void meet(OneCustomer customer) {
        long value = customer.roughly(order.sortBy());
        if (end.isPresent() && !isBehind(customer, value, end.get())) {
            return;
        }
        met++;
        boolean full = rows.size() == limit;
        if (full && isHopeless(value)) {
            return;
        }
        Row row = customer.row(order);
        if (full) {
            if (order.compare(row, rows.element()) > 0) {
                return;
            }
            rows.remove();
        }
        rows.add(row);
        lastRoughly = roughly(rows.element().value());
    }

    private boolean isBehind(OneCustomer customer, long value, RowKey last) {
        int way = way(value, endRoughly);
        return way == 0 ? order.isAfter(customer.row(order), last) : way > 0;
    }

    /** Whether all of the first are before it: those with its id or before it are there. */
    private boolean isHopeless(long value) {
        return order.sortBy() == SortBy.EXTERNAL_ID ? !order.descending() : way(value, lastRoughly) > 0;
    }

    /** Above zero where a value comes behind another, below where before; zero where that is not known. */
    private int way(long value, long other) {
        if (value == OneCustomer.UNKNOWN || other == OneCustomer.UNKNOWN) {
            return 0;
        }
        return order.descending() ? Long.compare(other, value) : Long.compare(value, other);
    }

    RowOrder order() {
        return order;
    }

    /** In no order. */
    Collection<Row> rows() {
        return rows;
    }

    /** How many customers there are behind the end of the page before. */
    long met() {
        return met;
    }
}
