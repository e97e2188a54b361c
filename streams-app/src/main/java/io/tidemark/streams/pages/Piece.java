package io.tidemark.streams.pages;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of slots of one page: {@code [fromSlot, toSlot)}.
 *
 * <p>Any span of minutes is cut into whole days out of month pages, then whole quarter hours out of at most two day
 * pages, then minutes out of at most two hour pages. The pieces are disjoint and cover the span, so each event falls into
 * exactly one of them.
 */
record Piece(Granularity granularity, int period, int fromSlot, int toSlot) {

    /** The pieces of {@code [from, to)}, in minutes since 1970-01-01T00:00Z. */
    static List<Piece> cut(long from, long to) {
        var pieces = new ArrayList<Piece>();
        cut(from, to, Step.values().length - 1, pieces);
        return pieces;
    }

    /** The slots of each granularity, coarsest first, with their length in minutes. */
    private enum Step {
        DAYS(Granularity.MONTH, Granularity.MINUTES_OF_DAY),
        QUARTERS(Granularity.DAY, Granularity.MINUTES_OF_QUARTER),
        MINUTES(Granularity.HOUR, 1);

        private final Granularity granularity;
        private final long minutes;

        Step(Granularity granularity, long minutes) {
            this.granularity = granularity;
            this.minutes = minutes;
        }
    }

    /** Cuts a span whose bounds fall on the step's grid: its middle into coarser steps, its two ends into this one. */
    private static void cut(long from, long to, int step, List<Piece> pieces) {
        if (from >= to) {
            return;
        }
        Step here = Step.values()[step];
        if (step == 0) {
            take(from, to, here, pieces);
            return;
        }
        long coarser = Step.values()[step - 1].minutes;
        long middle = -Math.floorDiv(-from, coarser) * coarser;
        long end = Math.floorDiv(to, coarser) * coarser;
        if (middle > end) {
            take(from, to, here, pieces);
            return;
        }
        take(from, middle, here, pieces);
        cut(middle, end, step - 1, pieces);
        take(end, to, here, pieces);
    }

    /** Takes a span out of as many pages as it touches. */
    private static void take(long from, long to, Step step, List<Piece> pieces) {
        long at = from;
        while (at < to) {
            int period = step.granularity.period(at);
            long pageEnd = Math.min(to, step.granularity.start(period + 1));
            int slots = (int) ((pageEnd - at) / step.minutes);
            int first = step.granularity.slot(at);
            pieces.add(new Piece(step.granularity, period, first, first + slots));
            at = pageEnd;
        }
    }
}
