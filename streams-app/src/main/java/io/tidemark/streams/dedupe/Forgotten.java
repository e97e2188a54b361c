package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Up to where ids are forgotten, so that neither the forgetting nor a start steps over the tombstones of what went before.
 *
 * <p>Key {@code [0]}, before all else. Layout 1: the key up to where records are forgotten. Layout 2, as soon as there are blocks, which a
 * build that does not know them must not open: that key led by its length, the first slice of blocks that is kept, and how much of
 * the slice before it is deleted.
 */
final class Forgotten {
    private static final byte RECORDS = 1;
    private static final byte BLOCKS = 2;
    private static final Bytes KEY = new BytesOut().raw((byte) 0).toKey();
    private static final Bytes FIRST = new BytesOut().int32(0).toKey();

    private final KeyValueStore<Bytes, byte[]> store;
    private Bytes records = FIRST;
    private boolean blocks;
    private int firstSlice;
    private int deleted;

    Forgotten(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        byte[] stored = store.get(KEY);
        if (stored != null && stored[0] == RECORDS) {
            records = Bytes.wrap(new BytesIn(stored, 1).raw(stored.length - 1));
        } else if (stored != null) {
            var in = new BytesIn(stored).version(BLOCKS);
            blocks = true;
            records = Bytes.wrap(in.countedBytes());
            firstSlice = Math.toIntExact(in.number());
            deleted = Math.toIntExact(in.number());
        }
    }

    /** The last key of records that is forgotten, or the first that is not. */
    Bytes records() {
        return records;
    }

    void recordsUpTo(Bytes key) {
        records = key;
        write();
    }

    int firstSlice() {
        return firstSlice;
    }

    /** Of the slice before the first that is kept. */
    int deleted() {
        return deleted;
    }

    /** Says that there are blocks, before the first of them is written. */
    void hasBlocks() {
        if (!blocks) {
            blocks = true;
            write();
            BlockKeys.WALL.forEach(key -> store.put(key, new byte[] {BLOCKS}));
        }
    }

    void slicesBefore(int slice, int deletedOfLast) {
        firstSlice = slice;
        deleted = deletedOfLast;
        write();
    }

    private void write() {
        store.put(
                KEY,
                blocks
                        ? withBlocks()
                        : new BytesOut().raw(RECORDS).raw(records.get()).toBytes());
    }

    private byte[] withBlocks() {
        return new BytesOut()
                .raw(BLOCKS)
                .counted(records.get())
                .number(firstSlice)
                .number(deleted)
                .toBytes();
    }
}
