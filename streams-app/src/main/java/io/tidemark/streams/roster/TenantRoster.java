package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.directory.Email;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cards of one tenant. An order is made when it is first asked for, or by {@link #sort}, and kept from then on: while a
 * million are read, one sort costs far less than keeping them sorted.
 *
 * <p>Cards never change, so whoever searches takes the order as it is and goes through it without holding the lock: a change waits
 * for a copy at most, never for a search.
 */
final class TenantRoster {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final CardTable byId = new CardTable(Card::idHash);
    private final CardTable byExternalId = new CardTable(Card::externalIdHash);
    private final CardTable byEmail = new CardTable(Card::emailHash);
    private final Map<SortBy, Order> orders = new EnumMap<>(SortBy.class);

    /** Some cards, and how many there are in all. */
    record Slice(List<Card> cards, int total) {}

    @Nullable
    Card byId(UUID id) {
        int hash = Card.hash(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return reading(() -> byId.find(hash, card -> card.has(id)));
    }

    @Nullable
    Card byExternalId(String externalId) {
        byte[] id = externalId.getBytes(UTF_8);
        return reading(() -> byExternalId.find(Arrays.hashCode(id), card -> card.hasExternalId(id)));
    }

    @Nullable
    Card byEmail(String email) {
        String address = Email.fold(email);
        return reading(() -> byEmail.find(address.hashCode(), card -> card.hasEmail(address)));
    }

    int size() {
        return reading(byExternalId::size);
    }

    /** Takes a card unless it has as late a one of the customer. */
    void put(Card card) {
        Card earlier = byExternalId(card.externalId());
        if (earlier == null || earlier.version() < card.version()) {
            change(earlier, card);
        }
    }

    void remove(String externalId) {
        Card earlier = byExternalId(externalId);
        if (earlier != null) {
            change(earlier, null);
        }
    }

    private void change(@Nullable Card earlier, @Nullable Card later) {
        lock.writeLock().lock();
        try {
            if (earlier != null) {
                removeFromTables(earlier);
            }
            if (later != null) {
                addToTables(later);
            }
            orders.values().forEach(order -> change(order, listed(earlier), listed(later)));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void removeFromTables(Card card) {
        byId.remove(card);
        byExternalId.remove(card);
        byEmail.remove(card);
    }

    private void addToTables(Card card) {
        byId.add(card);
        byExternalId.add(card);
        if (card.hasEmail() && !card.isDeleted()) {
            byEmail.add(card);
        }
    }

    private static @Nullable Card listed(@Nullable Card card) {
        return card == null || card.isDeleted() ? null : card;
    }

    private static void change(Order order, @Nullable Card earlier, @Nullable Card later) {
        if (earlier != null && later != null) {
            order.replace(earlier, later);
        } else if (earlier != null) {
            order.remove(earlier);
        } else if (later != null) {
            order.add(later);
        }
    }

    /** Makes every order that is not there yet. */
    void sort() {
        for (SortBy by : SortBy.values()) {
            order(by);
        }
    }

    private Order order(SortBy by) {
        Order made = reading(() -> orders.get(by));
        if (made != null) {
            return made;
        }
        lock.writeLock().lock();
        try {
            return orders.computeIfAbsent(by, absent -> Order.of(by, listed()));
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Card[] listed() {
        return Arrays.stream(byExternalId.all())
                .filter(card -> !card.isDeleted())
                .toArray(Card[]::new);
    }

    Slice list(RosterQuery query) {
        var filter = Filter.of(query);
        if (query.externalId().isPresent()) {
            Card one = listed(byExternalId(query.externalId().get()));
            return cut(one == null ? new Card[0] : new Card[] {one}, filter, query);
        }
        Order order = order(query.sortBy());
        return filter.takesAll() ? page(order, query) : cut(all(order, query), filter, query);
    }

    private Slice page(Order order, RosterQuery query) {
        return reading(() ->
                new Slice(List.of(order.slice(query.descending(), query.before(), query.perPage())), order.size()));
    }

    private Card[] all(Order order, RosterQuery query) {
        return reading(() -> order.slice(query.descending(), 0, Integer.MAX_VALUE));
    }

    private static Slice cut(Card[] sorted, Filter filter, RosterQuery query) {
        var cards = new ArrayList<Card>();
        int total = 0;
        for (Card card : sorted) {
            if (filter.takes(card)) {
                if (total >= query.before() && cards.size() < query.perPage()) {
                    cards.add(card);
                }
                total++;
            }
        }
        return new Slice(cards, total);
    }

    private <T extends @Nullable Object> T reading(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}
