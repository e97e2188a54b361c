package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Ids that came one after the other. The newest slice takes all that come, also one that waited since a slice before it; it is
 * sealed when it is full or old, and does not change any more. What is forgotten is forgotten by the slice, after the last of it to arrive.
 *
 * <p>Sealed, stored as layout 1, how many ids, blocks and buckets it has, the arrivals of the first and of the last to arrive.
 */
final class Slice {
    private static final byte LAYOUT = 1;

    final int number;
    private int ids;
    private int blocks;
    private int buckets;
    private long oldest = Long.MAX_VALUE;
    private long newest = Long.MIN_VALUE;
    /** Null where it has no room in memory. */
    private @Nullable IdTable table;

    Slice(int number) {
        this.number = number;
    }

    static Slice decode(int number, byte[] stored) {
        var in = new BytesIn(stored).version(LAYOUT);
        var slice = new Slice(number);
        slice.ids = Math.toIntExact(in.number());
        slice.blocks = Math.toIntExact(in.number());
        slice.buckets = Math.toIntExact(in.number());
        slice.oldest = in.number();
        slice.newest = slice.oldest + in.number();
        return slice;
    }

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .number(ids)
                .number(blocks)
                .number(buckets)
                .number(oldest)
                .number(newest - oldest)
                .toBytes();
    }

    void arrived(long first, long last) {
        oldest = Math.min(oldest, first);
        newest = Math.max(newest, last);
    }

    void gained(int more) {
        ids += more;
    }

    void wroteBlock() {
        blocks++;
    }

    void table(@Nullable IdTable in) {
        table = in;
        buckets = in == null ? buckets : in.size();
    }

    @Nullable
    IdTable table() {
        return table;
    }

    int ids() {
        return ids;
    }

    /** How many are written. */
    int blocks() {
        return blocks;
    }

    int buckets() {
        return buckets;
    }

    /** How many records it is, sealed: what it is, its table, its blocks. */
    int records() {
        return 1 + buckets + blocks;
    }

    long bytes() {
        return buckets * IdTable.BUCKET_BYTES;
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }

    /** A record of a sealed one, by its number: the last says what the slice is. */
    Bytes key(int record) {
        if (record < buckets) {
            return BlockKeys.bucket(number, record);
        }
        return record < buckets + blocks ? BlockKeys.block(number, record - buckets) : BlockKeys.seal(number);
    }

    /** The first sight of an id that a bucket says may be there, or null. */
    @Nullable
    FirstSight find(Id id, int[] bucket, KeyValueStore<Bytes, byte[]> store, FillingBlock filling) {
        int at = IdTable.seek(bucket, id, IdTable.home(id.low()));
        while (at >= 0) {
            int block = IdTable.block(bucket[at]);
            FirstSight sight = block == blocks
                    ? filling.find(id)
                    : new StoredBlock(stored(store, BlockKeys.block(number, block))).find(id);
            if (sight != null) {
                return sight;
            }
            at = IdTable.seek(bucket, id, IdTable.after(at));
        }
        return null;
    }

    /** A record that must be there. */
    byte[] stored(KeyValueStore<Bytes, byte[]> store, Bytes key) {
        return Objects.requireNonNull(store.get(key), () -> "slice " + number + " of the ids seen lacks " + key);
    }

    /** Whether something in it arrived then. */
    boolean overlaps(long from, long to) {
        return oldest <= to && newest >= from;
    }
}
