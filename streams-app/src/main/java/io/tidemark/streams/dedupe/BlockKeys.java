package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesOut;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Where a slice's parts lie: {@code [1][slice, int32]}, then {@code [0]} what it is once it is sealed, {@code [1][bucket, int32]} its table,
 * {@code [2][block, int32]} its ids. Behind all records of layout 1, whose keys begin with a zero byte for some million years.
 */
final class BlockKeys {
    private static final byte PREFIX = 1;
    private static final byte SEAL = 0;
    private static final byte BUCKET = 1;
    private static final byte BLOCK = 2;

    /**
     * A wall: who looks for records stops here, and not behind what was deleted of blocks. Two, as Kafka's iterator is always one
     * ahead.
     */
    static final List<Bytes> WALL = List.of(
            new BytesOut().raw(PREFIX).toKey(),
            new BytesOut().raw(PREFIX).raw((byte) 0).toKey());

    private BlockKeys() {}

    static Bytes seal(int slice) {
        return part(slice, SEAL).toKey();
    }

    static Bytes bucket(int slice, int number) {
        return part(slice, BUCKET).int32(number).toKey();
    }

    static Bytes block(int slice, int number) {
        return part(slice, BLOCK).int32(number).toKey();
    }

    private static BytesOut part(int slice, byte kind) {
        return new BytesOut().raw(PREFIX).int32(slice).raw(kind);
    }
}
