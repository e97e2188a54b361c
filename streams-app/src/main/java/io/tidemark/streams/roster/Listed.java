package io.tidemark.streams.roster;

import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cards of a tenant that lists show, in every order that was asked for. An order is made when it is first needed and kept from
 * then on: while a million are read, one sort costs far less than keeping them sorted.
 */
final class Listed {
    private final Shelf shelf = new Shelf();
    private final Map<SortBy, Order> orders = new EnumMap<>(SortBy.class);

    /** Some cards, and how many there are in all. */
    record Slice(List<Card> cards, int total) {}

    /** Takes a customer's later card for its earlier one; either may not be there. */
    void change(@Nullable Card earlier, @Nullable Card later) {
        if (earlier != null && later != null) {
            replace(earlier, later);
        } else if (earlier != null) {
            orders.values().forEach(order -> order.remove(earlier));
            shelf.remove(earlier);
        } else if (later != null) {
            shelf.add(later);
            orders.values().forEach(order -> order.add(later));
        }
    }

    private void replace(Card earlier, Card later) {
        List<Order> moving = orders.values().stream()
                .filter(order -> !order.isSame(earlier, later))
                .toList();
        moving.forEach(order -> order.remove(earlier));
        shelf.replace(earlier, later);
        moving.forEach(order -> order.add(later));
    }

    boolean has(SortBy by) {
        return orders.containsKey(by);
    }

    void sort(SortBy by) {
        orders.computeIfAbsent(by, absent -> new Order(by, shelf));
    }

    /** @throws NullPointerException when it was not sorted that way */
    Slice slice(RosterQuery query) {
        Order order = java.util.Objects.requireNonNull(orders.get(query.sortBy()));
        var filter = Filter.of(query);
        return filter.takesAll() ? all(order, query) : matching(order, shelf.matching(filter), query);
    }

    private Slice all(Order order, RosterQuery query) {
        var cards = new ArrayList<Card>();
        for (long at = query.before(); at < shelf.size() && cards.size() < query.perPage(); at++) {
            cards.add(shelf.at(order.slot((int) at, query.descending())));
        }
        return new Slice(cards, shelf.size());
    }

    private Slice matching(Order order, BitSet slots, RosterQuery query) {
        int total = slots.cardinality();
        var cards = new ArrayList<Card>();
        long before = query.before();
        long wanted = Math.min(total - before, query.perPage());
        for (int at = 0; cards.size() < wanted; at++) {
            int slot = order.slot(at, query.descending());
            if (slots.get(slot) && before-- <= 0) {
                cards.add(shelf.at(slot));
            }
        }
        return new Slice(cards, total);
    }

    static Slice one(@Nullable Card card, RosterQuery query) {
        boolean taken = card != null && card.isTakenBy(Filter.of(query));
        return new Slice(card != null && taken && query.before() == 0 ? List.of(card) : List.of(), taken ? 1 : 0);
    }
}
