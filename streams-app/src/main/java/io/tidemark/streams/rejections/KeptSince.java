package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import org.jspecify.annotations.Nullable;

/**
 * Since when a partition's rejections are kept; written before the first that is older goes. Value: layout 1, both.
 *
 * @param gone those appended at this instant or before may be gone, UTC milliseconds since 1970-01-01
 * @param done those appended at this instant or before are gone
 */
record KeptSince(long gone, long done) {
    /** Nothing was ever deleted; keys hold no time before 1970. */
    static final KeptSince EVER = new KeptSince(-1, -1);

    private static final byte LAYOUT = 1;

    byte[] encode() {
        return new BytesOut().raw(LAYOUT).number(gone).number(done).toBytes();
    }

    static KeptSince decode(byte @Nullable [] stored) {
        if (stored == null) {
            return EVER;
        }
        var in = new BytesIn(stored).version(LAYOUT);
        return new KeptSince(in.number(), in.number());
    }
}
