package io.tidemark.streams.pages;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table by open addressing. Whoever looks for something goes from {@link #find} on by {@link #next}, until {@link #at} gives what it looks for,
 * or nothing: so what is looked for need not be an object. Hashes stand beside the items: most that are something else are not looked at.
 */
final class Slots<T extends Slots.Hashed> {
    private static final int FIRST_SIZE = 64;
    private static final int GOLDEN = 0x9e3779b9;

    private @Nullable Hashed[] items = new Hashed[FIRST_SIZE];
    private int[] hashes = new int[FIRST_SIZE];
    private int size;

    /** What knows its own hash. */
    interface Hashed {
        int hash();
    }

    /** The place of the first item with that hash, or of none. */
    int find(int hash) {
        return withHash(hash, first(hash));
    }

    /** The place of the next item with that hash behind a place, or of none. */
    int next(int hash, int place) {
        return withHash(hash, behind(place));
    }

    private int withHash(int hash, int from) {
        int place = from;
        while (hashes[place] != hash && items[place] != null) {
            place = behind(place);
        }
        return place;
    }

    private int first(int hash) {
        return (hash * GOLDEN) >>> Integer.numberOfLeadingZeros(items.length - 1);
    }

    private int behind(int place) {
        return (place + 1) & (items.length - 1);
    }

    @SuppressWarnings("unchecked") // nothing else is put in
    @Nullable
    T at(int place) {
        return (T) items[place];
    }

    int size() {
        return size;
    }

    /** Empty again; with room for as many as it had room for, where many will come. */
    void clear() {
        Arrays.fill(items, null);
        size = 0;
    }

    /** @param item that is not in it */
    void add(T item) {
        // Half full at most: what is not there is found out in two or three steps.
        if (2 * ++size > items.length) {
            Hashed[] before = items;
            int[] hashesBefore = hashes;
            items = new Hashed[2 * before.length];
            hashes = new int[items.length];
            for (int i = 0; i < before.length; i++) {
                if (before[i] != null) {
                    place(before[i], hashesBefore[i]);
                }
            }
        }
        place(item, item.hash());
    }

    private void place(Hashed item, int hash) {
        int place = first(hash);
        while (items[place] != null) {
            place = behind(place);
        }
        items[place] = item;
        hashes[place] = hash;
    }

    void forEach(Consumer<T> each) {
        for (int place = 0; place < items.length; place++) {
            T item = at(place);
            if (item != null) {
                each.accept(item);
            }
        }
    }
}
