package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;

/**
 * An event is in the totals in place of one that was rejected. Value: layout 1, its source, partition and offset.
 *
 * @param by where it lies
 */
public record Resolution(Coordinates by) {
    private static final byte LAYOUT = 1;

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .raw(by.topic().code())
                .number(by.partition())
                .number(by.offset())
                .toBytes();
    }

    static Resolution decode(byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        return new Resolution(new Coordinates(Source.of(in.raw()), (int) in.number(), in.number()));
    }
}
