package io.tidemark.streams.pages;

import io.tidemark.streams.hot.BytesOut;

/**
 * What a stored page says of the events in it beside their sums. It stands behind its slots, where builds that do not know it never look, and
 * is left out by those when they write the page: how many of its events were late is not known any more then, and never guessed; nor where a page took over a minute of which only some were ({@link OneMinuteCode}).
 *
 * <p>Stored as how many counts there are (none where both are zero), when the newest event was appended, in UTC seconds of 32 bits without a
 * sign, and the counts.
 *
 * @param newest when the newest event was appended, UTC seconds since 1970-01-01; 0 where nobody knows
 * @param late how many events were late; {@link #UNKNOWN}
 * @param corrected how many took something back; {@link #UNKNOWN}
 */
record Arrivals(long newest, long late, long corrected) {
    static final long UNKNOWN = -1;

    private static final byte COUNTS = 2;

    static void write(long newest, long late, long corrected, BytesOut out) {
        if (late == 0 && corrected == 0) {
            out.raw((byte) 0).int32((int) newest);
        } else {
            out.raw(COUNTS).int32((int) newest).number(late).number(corrected);
        }
    }
}
