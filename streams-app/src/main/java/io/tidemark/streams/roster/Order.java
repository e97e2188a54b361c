package io.tidemark.streams.roster;

import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's cards, sorted. One array serves both directions: those without a value to sort by stand at its end, and stay
 * last when the others are read backwards.
 */
final class Order {
    private static final int SMALLEST = 16;

    private final SortBy by;
    private final Comparator<Card> comparator = this::compare;
    private @Nullable Card[] cards;
    private int size;
    /** How many have a value to sort by. */
    private int valued;

    private Order(SortBy by, Card[] all) {
        this.by = by;
        this.size = all.length;
        this.valued = (int) Arrays.stream(all).filter(this::hasValue).count();
        this.cards = Arrays.copyOf(all, Math.max(SMALLEST, all.length));
        Arrays.sort(cards, 0, size, comparator);
    }

    static Order of(SortBy by, Card[] cards) {
        return new Order(by, cards);
    }

    int size() {
        return size;
    }

    void add(Card card) {
        int at = -find(card) - 1;
        if (size == cards.length) {
            cards = Arrays.copyOf(cards, size + size / 2);
        }
        System.arraycopy(cards, at, cards, at + 1, size - at);
        cards[at] = card;
        size++;
        valued += hasValue(card) ? 1 : 0;
    }

    void remove(Card card) {
        int at = find(card);
        size--;
        System.arraycopy(cards, at + 1, cards, at, size - at);
        cards[size] = null;
        valued -= hasValue(card) ? 1 : 0;
    }

    /** Puts a customer's later card in the place of its earlier one. */
    void replace(Card earlier, Card later) {
        if (compare(earlier, later) == 0) {
            cards[find(earlier)] = later;
        } else {
            remove(earlier);
            add(later);
        }
    }

    /** Some of the cards as they are now, in one direction or the other. */
    Card[] slice(boolean descending, long from, int atMost) {
        int first = (int) Math.min(from, size);
        var slice = new Card[Math.min(atMost, size - first)];
        for (int i = 0; i < slice.length; i++) {
            slice[i] = Objects.requireNonNull(cards[descending ? fromTheEnd(first + i) : first + i]);
        }
        return slice;
    }

    private int fromTheEnd(int at) {
        return at < valued ? valued - 1 - at : size - 1 - (at - valued);
    }

    private int find(Card card) {
        return Arrays.binarySearch(cards, 0, size, card, comparator);
    }

    private int compare(Card one, Card other) {
        boolean has = hasValue(one);
        if (has != hasValue(other)) {
            return has ? -1 : 1;
        }
        int compared = switch (by) {
            case CREATED_AT -> Long.compare(one.createdAt(), other.createdAt());
            case NAME -> one.compareName(other);
            case EMAIL -> one.compareEmail(other);
            case EXTERNAL_ID -> 0;
            case LAST_SEEN_AT -> Long.compare(one.lastSeenAt(), other.lastSeenAt());
        };
        return compared != 0 ? compared : one.compareExternalId(other);
    }

    private boolean hasValue(Card card) {
        return switch (by) {
            case NAME -> card.hasName();
            case EMAIL -> card.hasEmail();
            case LAST_SEEN_AT -> card.lastSeenAt() != Card.NEVER;
            case CREATED_AT, EXTERNAL_ID -> true;
        };
    }
}
