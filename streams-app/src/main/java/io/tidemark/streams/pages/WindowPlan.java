package io.tidemark.streams.pages;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which slots of which pages make which window: each page is read once, however many windows it has a part in.
 *
 * @param pages of each page, the window that each slot is of; {@link #NONE} where it is of none
 */
record WindowPlan(int windows, SortedMap<Leaf, int[]> pages) {
    static final int NONE = -1;

    /** One period of a granularity, whose pages are read together. */
    record Leaf(Granularity granularity, int period) implements Comparable<Leaf> {
        private static final Comparator<Leaf> ORDER =
                Comparator.comparing(Leaf::granularity).thenComparing(Leaf::period);

        @Override
        public int compareTo(Leaf other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param bounds in minutes since 1970-01-01T00:00Z, ascending: where each window begins, and where the last ends */
    static WindowPlan of(long[] bounds) {
        SortedMap<Leaf, int[]> pages = new TreeMap<>();
        for (int window = 0; window < bounds.length - 1; window++) {
            for (Piece piece : Piece.cut(bounds[window], bounds[window + 1])) {
                int[] slots = pages.computeIfAbsent(new Leaf(piece.granularity(), piece.period()), WindowPlan::noneOf);
                Arrays.fill(slots, piece.fromSlot(), piece.toSlot(), window);
            }
        }
        return new WindowPlan(bounds.length - 1, pages);
    }

    private static int[] noneOf(Leaf leaf) {
        var slots = new int[leaf.granularity().slots()];
        Arrays.fill(slots, NONE);
        return slots;
    }
}
