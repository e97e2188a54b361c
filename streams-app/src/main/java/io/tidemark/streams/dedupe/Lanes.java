package io.tidemark.streams.dedupe;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;

/**
 * Packs coordinates that follow each other: events of a block mostly come from two or three partitions, in the order of their offsets, so
 * an offset is the step from the one before in its lane, and both fit a byte. A lane is named by its first coordinates; what finds
 * none left is written in full.
 */
final class Lanes {
    private static final int MOST = 3;
    private static final int BITS = 2;
    private static final int IN_FULL = 3;

    private final Source[] topics = new Source[MOST];
    private final int[] partitions = new int[MOST];
    private final long[] offsets = new long[MOST];
    private int count;

    void write(Coordinates at, BytesOut out) {
        for (int lane = 0; lane < count; lane++) {
            if (topics[lane] == at.topic() && partitions[lane] == at.partition()) {
                out.number(((at.offset() - offsets[lane]) << BITS) | lane);
                offsets[lane] = at.offset();
                return;
            }
        }
        out.number(IN_FULL).raw(at.topic().code()).number(at.partition()).number(at.offset());
        begin(at.topic(), at.partition(), at.offset());
    }

    Coordinates read(BytesIn in) {
        long step = in.number();
        int lane = (int) step & IN_FULL;
        if (lane == IN_FULL) {
            var at = new Coordinates(Source.of(in.raw()), (int) in.number(), in.number());
            begin(at.topic(), at.partition(), at.offset());
            return at;
        }
        offsets[lane] += step >> BITS;
        return new Coordinates(topics[lane], partitions[lane], offsets[lane]);
    }

    private void begin(Source topic, int partition, long offset) {
        if (count < MOST) {
            topics[count] = topic;
            partitions[count] = partition;
            offsets[count++] = offset;
        }
    }
}
