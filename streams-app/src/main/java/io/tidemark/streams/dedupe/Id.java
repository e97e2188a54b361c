package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;

/** An event's identity, 128 bits, as two numbers: it is compared for every event, and kept without an object of its own. */
public record Id(long high, long low) {
    static Id of(byte[] bytes) {
        var in = new BytesIn(bytes);
        return new Id(in.int64(), in.int64());
    }
}
