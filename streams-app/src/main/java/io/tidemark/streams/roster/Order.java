package io.tidemark.streams.roster;

import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.util.Arrays;

/**
 * The slots of a shelf, sorted by what is in them. One array serves both directions: those without a value to sort by stand at its
 * end, and stay last when the others are read backwards.
 */
final class Order {
    private static final int SMALLEST = 16;

    private final SortBy by;
    private final Shelf shelf;
    private int[] slots;
    private int size;
    /** How many have a value to sort by. */
    private int valued;

    Order(SortBy by, Shelf shelf) {
        this.by = by;
        this.shelf = shelf;
        Card[] all = shelf.all();
        Arrays.sort(all, this::compare);
        size = all.length;
        slots = Arrays.copyOf(Arrays.stream(all).mapToInt(Card::slot).toArray(), Math.max(SMALLEST, size));
        valued = (int) Arrays.stream(all).filter(this::hasValue).count();
    }

    /** Whether two cards of a customer belong at the same place. */
    boolean isSame(Card earlier, Card later) {
        return compare(earlier, later) == 0;
    }

    void add(Card card) {
        int at = -find(card) - 1;
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, size + size / 2);
        }
        System.arraycopy(slots, at, slots, at + 1, size - at);
        slots[at] = card.slot();
        size++;
        valued += hasValue(card) ? 1 : 0;
    }

    /** Must come before the card leaves its slot. */
    void remove(Card card) {
        int at = find(card);
        size--;
        System.arraycopy(slots, at + 1, slots, at, size - at);
        valued -= hasValue(card) ? 1 : 0;
    }

    /** The slot at a place, counted in one direction or the other. */
    int slot(int at, boolean descending) {
        return slots[descending ? fromTheEnd(at) : at];
    }

    private int fromTheEnd(int at) {
        return at < valued ? valued - 1 - at : size - 1 - (at - valued);
    }

    /** Where a card is or, as {@link Arrays#binarySearch(int[], int)} says it, belongs. */
    private int find(Card card) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int compared = compare(shelf.at(slots[middle]), card);
            if (compared == 0) {
                return middle;
            }
            low = compared < 0 ? middle + 1 : low;
            high = compared < 0 ? high : middle - 1;
        }
        return -low - 1;
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
