package io.tidemark.streams.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which slots of which pages make which window: each page is read once, however many windows it has a part in. */
final class WindowPlan {
    static final int NONE = -1;

    private final long[] bounds;
    private final List<List<Leaf>> months;

    private WindowPlan(long[] bounds, List<List<Leaf>> months) {
        this.bounds = bounds;
        this.months = months;
    }

    /** One period of a granularity, whose pages are read together. */
    static final class Leaf {
        private final Granularity granularity;
        private final int period;
        private final int above;
        private final int slotAbove;
        private final int slotsOfOneAbove;
        private final int[] windowOfSlot;
        private boolean hasBelow;

        private Leaf(Granularity granularity, int period, int above) {
            this.granularity = granularity;
            this.period = period;
            this.above = above;
            slotAbove = above == NONE ? 0 : granularity.coarser().slot(granularity.start(period));
            slotsOfOneAbove = above == NONE ? 1 : granularity.coarser().slotMinutes() / granularity.slotMinutes();
            windowOfSlot = new int[granularity.slots()];
            Arrays.fill(windowOfSlot, NONE);
        }

        Granularity granularity() {
            return granularity;
        }

        int period() {
            return period;
        }

        /** The number of the leaf above among those of its month; {@link #NONE}. */
        int above() {
            return above;
        }

        /** The slot of the leaf above that a slot is a part of. */
        int slotAbove(int slot) {
            return slotAbove + slot / slotsOfOneAbove;
        }

        /** Whether it is the leaf above another one. */
        boolean hasBelow() {
            return hasBelow;
        }

        /** The window that a slot lies in as a whole; {@link #NONE} where it lies in none. */
        int windowOf(int slot) {
            return windowOfSlot[slot];
        }

        /** The first minute of a slot, since 1970-01-01T00:00Z. */
        long start(int slot) {
            return granularity.start(period) + (long) slot * granularity.slotMinutes();
        }
    }

    private record Name(Granularity granularity, int period) {}

    /** @param bounds in minutes since 1970-01-01T00:00Z, ascending: where each window begins, and where the last ends */
    static WindowPlan of(long[] bounds) {
        SortedMap<Integer, List<Leaf>> months = new TreeMap<>();
        Map<Name, Integer> numbers = new HashMap<>();
        var cut = new ArrayList<List<Piece>>();
        for (int window = 0; window < bounds.length - 1; window++) {
            cut.add(Piece.cut(bounds[window], bounds[window + 1]));
        }
        // A leaf goes behind all coarser ones of its month.
        for (int level = 0; level < Granularity.count(); level++) {
            Granularity granularity = Granularity.coarsest(level);
            for (int window = 0; window < cut.size(); window++) {
                for (Piece piece : cut.get(window)) {
                    if (piece.granularity() == granularity) {
                        take(piece, cut.get(window), window, months, numbers);
                    }
                }
            }
        }
        return new WindowPlan(bounds, List.copyOf(months.values()));
    }

    private static void take(
            Piece piece,
            List<Piece> pieces,
            int window,
            SortedMap<Integer, List<Leaf>> months,
            Map<Name, Integer> numbers) {
        Granularity granularity = piece.granularity();
        int month = Granularity.MONTH.period(granularity.start(piece.period()));
        List<Leaf> its = months.computeIfAbsent(month, any -> new ArrayList<>());
        var name = new Name(granularity, piece.period());
        @Nullable Integer number = numbers.get(name);
        if (number == null) {
            number = its.size();
            numbers.put(name, number);
            its.add(new Leaf(granularity, piece.period(), above(piece, pieces, its, numbers)));
        }
        int length = granularity.slotMinutes();
        int first = (piece.from() + length - 1) / length;
        int end = piece.to() / length;
        if (first < end) {
            Arrays.fill(its.get(number).windowOfSlot, first, end, window);
        }
    }

    private static int above(Piece piece, List<Piece> pieces, List<Leaf> its, Map<Name, Integer> numbers) {
        if (piece.above() == Piece.NONE) {
            return NONE;
        }
        Piece above = pieces.get(piece.above());
        @Nullable Integer number = numbers.get(new Name(above.granularity(), above.period()));
        if (number == null) {
            throw new IllegalStateException("a leaf without the one above it");
        }
        its.get(number).hasBelow = true;
        return number;
    }

    /** The pages of each month and of what lies in it, the coarsest first. */
    List<List<Leaf>> months() {
        return months;
    }

    int windows() {
        return bounds.length - 1;
    }

    /** The window that a minute lies in; {@link #NONE}. */
    int windowOf(long minute) {
        if (minute < bounds[0] || minute >= bounds[windows()]) {
            return NONE;
        }
        int at = Arrays.binarySearch(bounds, minute);
        int window = at >= 0 ? at : -at - 2;
        // Windows may be empty: of those that begin together, the last has what is there.
        while (bounds[window + 1] == minute) {
            window++;
        }
        return window;
    }
}
