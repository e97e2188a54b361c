package io.tidemark.streams.pages;

import io.tidemark.streams.event.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Something for each series, found by what a page's key ends with: without an object for each key. */
final class BySeries<T> {
    private final Slots<Found<T>> slots = new Slots<>();
    private final List<T> all = new ArrayList<>();
    private final Function<Series, T> made;

    private static final class Found<T> implements Slots.Hashed {
        private final int hash;
        private final byte[] bytes;
        private final T what;

        Found(int hash, byte[] bytes, T what) {
            this.hash = hash;
            this.bytes = bytes;
            this.what = what;
        }

        @Override
        public int hash() {
            return hash;
        }

        boolean is(int otherHash, byte[] key, int from) {
            return hash == otherHash && Arrays.equals(bytes, 0, bytes.length, key, from, key.length);
        }
    }

    /** @param made what is put in for a series that is met for the first time */
    BySeries(Function<Series, T> made) {
        this.made = made;
    }

    /** That of the series that a page's key ends with, from there on. */
    T of(byte[] key, int from) {
        int hash = 1;
        for (int i = from; i < key.length; i++) {
            hash = 31 * hash + key[i];
        }
        int place = slots.find(hash);
        Found<T> found = slots.at(place);
        while (found != null && !found.is(hash, key, from)) {
            place = slots.next(hash, place);
            found = slots.at(place);
        }
        if (found == null) {
            found = new Found<>(
                    hash, Arrays.copyOfRange(key, from, key.length), made.apply(PageKey.seriesOf(key, from)));
            slots.add(found);
            all.add(found.what);
        }
        return found.what;
    }

    /** In the order in which they were met. */
    List<T> all() {
        return all;
    }
}
