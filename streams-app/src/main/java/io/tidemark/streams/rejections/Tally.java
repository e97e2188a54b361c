package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import org.jspecify.annotations.Nullable;

/**
 * How many events of a tenant were rejected on a day for a reason, the first where they had several. Value: layout 1, the number.
 *
 * @param day of the append time, UTC days since 1970-01-01
 * @param reason its label
 */
public record Tally(int day, String reason, long count) {
    private static final byte LAYOUT = 1;

    static byte[] encode(long count) {
        return new BytesOut().raw(LAYOUT).number(count).toBytes();
    }

    static long decode(byte @Nullable [] stored) {
        return stored == null ? 0 : new BytesIn(stored).version(LAYOUT).number();
    }
}
