package io.tidemark.streams.dedupe;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;

/**
 * What an event said when it was first seen, and where it lies.
 *
 * <p>Stored as layout 1, content hash (int32), source, partition, offset.
 */
public record FirstSight(int contentHash, Coordinates at) {
    private static final byte LAYOUT = 1;

    static FirstSight of(Event event, Origin origin) {
        return new FirstSight(
                event.contentHash(), new Coordinates(origin.topic(), origin.partition(), origin.offset()));
    }

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .int32(contentHash)
                .raw(at.topic().code())
                .number(at.partition())
                .number(at.offset())
                .toBytes();
    }

    static FirstSight decode(byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        int contentHash = in.int32();
        return new FirstSight(contentHash, new Coordinates(Source.of(in.raw()), (int) in.number(), in.number()));
    }
}
