package io.tidemark.streams.roster;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's listed cards, each in a slot of its own, and beside them what can be searched of them, one after the other in one array:
 * a search goes through memory as it lies, where going from card to card would wait for memory at each.
 */
final class Shelf {
    private static final int SMALLEST = 16;
    private static final int BYTES_FOR_EACH = 64;

    private final Deque<Integer> free = new ArrayDeque<>();
    private @Nullable Card[] cards = new @Nullable Card[SMALLEST];
    /** Where the text of a slot begins and ends; of a free slot, both are 0. */
    private int[] from = new int[SMALLEST];

    private int[] to = new int[SMALLEST];
    private byte[] text = new byte[SMALLEST * BYTES_FOR_EACH];
    private int slots;
    private int written;
    private int wasted;

    Card at(int slot) {
        return Objects.requireNonNull(cards[slot]);
    }

    int size() {
        return slots - free.size();
    }

    /** Every card, in no order. */
    Card[] all() {
        return Arrays.stream(cards).filter(Objects::nonNull).toArray(Card[]::new);
    }

    void add(Card card) {
        Integer freed = free.poll();
        card.slot(freed == null ? slots++ : freed);
        if (card.slot() == cards.length) {
            cards = Arrays.copyOf(cards, slots + slots / 2);
            from = Arrays.copyOf(from, cards.length);
            to = Arrays.copyOf(to, cards.length);
        }
        cards[card.slot()] = card;
        write(card);
    }

    /** Puts a customer's later card in the slot of its earlier one. */
    void replace(Card earlier, Card later) {
        later.slot(earlier.slot());
        cards[later.slot()] = later;
        if (!earlier.isSearchedLike(later)) {
            erase(earlier);
            write(later);
        }
    }

    void remove(Card card) {
        cards[card.slot()] = null;
        free.push(card.slot());
        erase(card);
    }

    private void write(Card card) {
        int length = card.searchedLength();
        if (written + length > text.length) {
            makeRoom(length);
        }
        card.copySearched(text, written);
        from[card.slot()] = written;
        to[card.slot()] = written + length;
        written += length;
    }

    private void erase(Card card) {
        wasted += to[card.slot()] - from[card.slot()];
        from[card.slot()] = 0;
        to[card.slot()] = 0;
    }

    /** Leaves out what was erased. */
    private void makeRoom(int more) {
        int kept = written - wasted;
        var roomy = new byte[kept + kept / 4 + more];
        int at = 0;
        for (int slot = 0; slot < slots; slot++) {
            int length = to[slot] - from[slot];
            System.arraycopy(text, from[slot], roomy, at, length);
            from[slot] = at;
            to[slot] = at + length;
            at += length;
        }
        text = roomy;
        written = at;
        wasted = 0;
    }

    /** The slots whose cards a filter takes. */
    BitSet matching(Filter filter) {
        var matching = new BitSet(slots);
        for (int slot = 0; slot < slots; slot++) {
            if (to[slot] > from[slot] && filter.takes(text, from[slot], to[slot])) {
                matching.set(slot);
            }
        }
        return matching;
    }
}
