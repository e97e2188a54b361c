package io.tidemark.streams.pages;

import java.util.Arrays;
import java.util.List;

/**
 * Which pieces of a span are to be read of one series, from the coarsest on: those below a slot alone of which the page above says that finer pages have it.
 *
 * <p>That is not only to read less. Pages are written one after the other, the finest first; so a page may be there already of which the one above, read
 * before it, does not know: what is in it would be taken twice. The other way round cannot be, but for a move, across which nobody is answered.
 */
final class Descent {
    private final List<Piece> pieces;
    private final boolean[] open;
    private final int months;

    Descent(List<Piece> pieces) {
        this.pieces = pieces;
        open = new boolean[pieces.size()];
        months = (int)
                pieces.stream().filter(piece -> piece.above() == Piece.NONE).count();
        begin();
    }

    /** Another series. */
    void begin() {
        Arrays.fill(open, 0, months, true);
        Arrays.fill(open, months, open.length, false);
    }

    boolean isOpen(int number) {
        return open[number];
    }

    /** That page was read for a piece. */
    void read(int number, byte[] page) {
        for (int i = Math.max(months, number + 1); i < open.length; i++) {
            Piece below = pieces.get(i);
            if (below.above() == number) {
                open[i] = Page.hasFiner(page, pieces.get(number).granularity(), below.slotAbove());
            }
        }
    }
}
