package io.tidemark.streams.feed;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Changes in the order of their numbers, which only rise, with gaps where some are gone: to append costs nothing to speak of, to find one a few steps. */
final class ByNumber {
    private static final int LEAST = 16;

    private long[] numbers = new long[LEAST];
    private @Nullable Change[] changes = new Change[LEAST];
    /** All before are gone. */
    private int from;

    private int to;
    private int held;

    int size() {
        return held;
    }

    /** @param number above all before it */
    void add(long number, Change change) {
        if (to == numbers.length) {
            closeGaps();
        }
        numbers[to] = number;
        changes[to] = change;
        to++;
        held++;
    }

    /** Leaves half of the room free, so that this is as cheap as appending. */
    private void closeGaps() {
        int room = Math.max(LEAST, 2 * held);
        long[] itsNumbers = new long[room];
        @Nullable Change[] its = new Change[room];
        int next = 0;
        for (int i = from; i < to; i++) {
            if (changes[i] != null) {
                itsNumbers[next] = numbers[i];
                its[next++] = changes[i];
            }
        }
        numbers = itsNumbers;
        changes = its;
        from = 0;
        to = next;
    }

    @Nullable
    Change get(long number) {
        int at = Arrays.binarySearch(numbers, from, to, number);
        return at < 0 ? null : changes[at];
    }

    @Nullable
    Change remove(long number) {
        int at = Arrays.binarySearch(numbers, from, to, number);
        Change change = at < 0 ? null : changes[at];
        if (change != null) {
            changes[at] = null;
            held--;
            while (from < to && changes[from] == null) {
                from++;
            }
        }
        return change;
    }

    /** The lowest number above one; -1 where there is none. */
    long above(long number) {
        int at = Arrays.binarySearch(numbers, from, to, number);
        int next = at < 0 ? -at - 1 : at + 1;
        while (next < to && changes[next] == null) {
            next++;
        }
        return next < to ? numbers[next] : -1;
    }
}
