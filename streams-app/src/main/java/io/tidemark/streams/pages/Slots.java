package io.tidemark.streams.pages;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash table by open addressing. Whoever looks for something steps over what has the place of its hash, from {@link #first} on by
 * {@link #next}, until {@link #at} gives what it looks for, or nothing: so what is looked for need not be an object.
 */
final class Slots<T extends Slots.Hashed> {
    private static final int FIRST_SIZE = 64;
    private static final int GOLDEN = 0x9e3779b9;

    private @Nullable Hashed[] items = new Hashed[FIRST_SIZE];
    private int size;

    /** What knows its own hash. */
    interface Hashed {
        int hash();
    }

    int first(int hash) {
        return (hash * GOLDEN) >>> Integer.numberOfLeadingZeros(items.length - 1);
    }

    int next(int place) {
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

    /** @param item that is not in it */
    void add(T item) {
        // Half full at most: what is not there is found out in two or three steps.
        if (2 * ++size > items.length) {
            Hashed[] before = items;
            items = new Hashed[2 * before.length];
            for (Hashed one : before) {
                if (one != null) {
                    place(one);
                }
            }
        }
        place(item);
    }

    private void place(Hashed item) {
        int place = first(item.hash());
        while (items[place] != null) {
            place = next(place);
        }
        items[place] = item;
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
