package io.tidemark.query.peers;

import java.util.BitSet;

/**
 * Which of one sender's calls have come: a sliding window over its counter, as in RFC 4303, section 3.4.3. Calls overtake each other, so the
 * window is wide; one that is behind it is refused, having come too late to be told from one that came before.
 */
final class ReplayWindow {
    static final int WIDTH = 1 << 14;

    private final BitSet come = new BitSet(WIDTH);
    private long highest = -1;
    private volatile long lastMillis;

    ReplayWindow(long nowMillis) {
        lastMillis = nowMillis;
    }

    /** True the first time; false for one that came before, or that is too far behind. */
    synchronized boolean isNew(long counter, long nowMillis) {
        lastMillis = nowMillis;
        if (counter > highest) {
            forget(counter);
            highest = counter;
        } else if (highest - counter >= WIDTH) {
            return false;
        }
        int at = (int) (counter % WIDTH);
        boolean first = !come.get(at);
        come.set(at);
        return first;
    }

    /** The places of calls between the highest and this one are those of calls that have left the window. */
    private void forget(long counter) {
        if (highest < 0 || counter - highest >= WIDTH) {
            come.clear();
            return;
        }
        for (long gone = highest + 1; gone <= counter; gone++) {
            come.clear((int) (gone % WIDTH));
        }
    }

    long lastMillis() {
        return lastMillis;
    }
}
