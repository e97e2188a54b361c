package io.tidemark.streams.roster;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Cards by something of theirs. A hash table that is one array and nothing else: some eight bytes for a card, where a {@code
 * HashMap} takes eighty with its entries and keys. Several cards may have the same key.
 */
final class CardTable {
    private static final int SMALLEST = 16;
    /** Fibonacci hashing: spreads over the high bits, which are the ones used. */
    private static final int SPREAD = 0x9E3779B9;

    private final ToIntFunction<Card> hash;
    private @Nullable Card[] slots = new @Nullable Card[SMALLEST];
    private int size;

    CardTable(ToIntFunction<Card> hash) {
        this.hash = hash;
    }

    /** A card of that hash of which {@code same} holds; null when there is none. */
    @Nullable
    Card find(int hash, Predicate<Card> same) {
        for (int at = home(hash); ; at = next(at)) {
            Card card = slots[at];
            if (card == null || same.test(card)) {
                return card;
            }
        }
    }

    void add(Card card) {
        if ((size + 1) * 4L > slots.length * 3L) {
            grow();
        }
        slots[free(home(hash.applyAsInt(card)))] = card;
        size++;
    }

    /** Removes this very card; does nothing when it is not there. */
    void remove(Card card) {
        int at = home(hash.applyAsInt(card));
        while (slots[at] != card) {
            if (slots[at] == null) {
                return;
            }
            at = next(at);
        }
        slots[at] = null;
        size--;
        closeGap(at);
    }

    /** Moves up what stands behind a gap and could not be found any more across it. */
    private void closeGap(int gap) {
        int hole = gap;
        int at = next(gap);
        for (Card card = slots[at]; card != null; card = slots[at]) {
            int wayFromHome = (at - home(hash.applyAsInt(card))) & (slots.length - 1);
            int wayFromHole = (at - hole) & (slots.length - 1);
            if (wayFromHome >= wayFromHole) {
                slots[hole] = card;
                slots[at] = null;
                hole = at;
            }
            at = next(at);
        }
    }

    private Card[] all() {
        var all = new Card[size];
        int at = 0;
        for (Card card : slots) {
            if (card != null) {
                all[at++] = card;
            }
        }
        return all;
    }

    int size() {
        return size;
    }

    private void grow() {
        Card[] all = all();
        slots = new @Nullable Card[slots.length * 2];
        for (Card card : all) {
            slots[free(home(hash.applyAsInt(card)))] = card;
        }
    }

    private int free(int from) {
        int at = from;
        while (slots[at] != null) {
            at = next(at);
        }
        return at;
    }

    private int home(int hash) {
        return (hash * SPREAD) >>> (Integer.numberOfLeadingZeros(slots.length) + 1);
    }

    private int next(int at) {
        return (at + 1) & (slots.length - 1);
    }
}
