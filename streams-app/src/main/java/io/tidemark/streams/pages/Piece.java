package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * What a span of minutes takes out of one page: the slots that lie in it as a whole, and of those at its ends what fell into one minute alone, where that lies in
 * it. What of them fell into more is left to a piece of the page below.
 *
 * <p>Any span of minutes is cut into month pages, at most two day pages below them, for the days that it has a part of, and at most two hour pages, for the
 * quarter hours that it has a part of. So each event is in exactly one piece.
 *
 * @param from the first minute, since the page begins
 * @param to behind the last
 * @param above the number of the piece that this is below of; {@link #NONE}
 * @param slotAbove the slot there that this is a part of
 */
record Piece(Granularity granularity, int period, int from, int to, int above, int slotAbove) {
    static final int NONE = -1;

    /** The pieces of {@code [from, to)}, in minutes since 1970-01-01T00:00Z, the coarsest first. */
    static List<Piece> cut(long from, long to) {
        var pieces = new ArrayList<Piece>();
        for (long at = from; at < to; ) {
            int month = Granularity.MONTH.period(at);
            long end = Math.min(to, Granularity.MONTH.start(month + 1));
            pieces.add(of(Granularity.MONTH, at, end, NONE, NONE));
            at = end;
        }
        int above = 0;
        for (int level = 1; level < Granularity.count(); level++) {
            int end = pieces.size();
            for (; above < end; above++) {
                pieces.get(above).cutEnds(Granularity.coarsest(level), above, pieces);
            }
        }
        return pieces;
    }

    private static Piece of(Granularity granularity, long from, long to, int above, int slotAbove) {
        int period = granularity.period(from);
        long start = granularity.start(period);
        return new Piece(granularity, period, (int) (from - start), (int) (to - start), above, slotAbove);
    }

    /** Of the slots that lie in it in part, those parts. */
    private void cutEnds(Granularity finer, int number, List<Piece> into) {
        int length = granularity.slotMinutes();
        int first = from / length;
        int last = to / length;
        if (from % length != 0) {
            below(finer, from, Math.min(to, (first + 1) * length), number, into);
        }
        if (to % length != 0 && (last > first || from % length == 0)) {
            below(finer, last * length, to, number, into);
        }
    }

    private void below(Granularity finer, int partFrom, int partTo, int number, List<Piece> into) {
        long start = granularity.start(period);
        into.add(of(finer, start + partFrom, start + partTo, number, partFrom / granularity.slotMinutes()));
    }

    /** The first slot of its page that it has a part of. */
    int fromSlot() {
        return from / granularity.slotMinutes();
    }

    /** Behind the last. */
    int toSlot() {
        return (to - 1) / granularity.slotMinutes() + 1;
    }

    /** Adds what it takes out of its page, as that is stored; says whether there is anything. */
    boolean sum(byte[] page, Amounts into) {
        return Page.sum(page, granularity, from, to, into);
    }
}
