package io.tidemark.streams.dedupe;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The newest slice: its table in memory, its blocks in the store but for the one that fills. The table knows too little of an id to be
 * made larger by itself, and is made again out of the blocks: each time four times as large, so that all are read once and a third.
 */
final class OpenSlice {
    private static final int FIRST_SIZE = 4;
    private static final int GROWTH = 4;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Bounds bounds;
    private final Slice slice;
    private IdTable table = new IdTable(FIRST_SIZE);
    private FillingBlock filling = new FillingBlock();

    /** As it was left in the store, or a new one. */
    OpenSlice(KeyValueStore<Bytes, byte[]> store, Bounds bounds, int number) {
        this.store = store;
        this.bounds = bounds;
        slice = new Slice(number);
        readBack();
    }

    Slice slice() {
        return slice;
    }

    boolean isEmpty() {
        return slice.ids() == 0;
    }

    boolean isFull() {
        return slice.ids() >= bounds.sliceIds() || slice.blocks() >= bounds.sliceBlocks();
    }

    long bytes() {
        return table.size() * IdTable.BUCKET_BYTES;
    }

    @Nullable
    FirstSight find(Id id) {
        return slice.find(id, table.bucket(id), store, filling);
    }

    /** What is in no record yet is looked at now; the bucket goes on being filled, and is copied. */
    void leadTo(Id id, Trail trail) {
        FirstSight unwritten = filling.find(id);
        if (unwritten == null) {
            trail.add(slice, table.bucket(id).clone());
        } else {
            trail.ends(unwritten);
        }
    }

    void put(Id id, FirstSight sight, long arrivedAt) {
        while (!table.add(id.high(), id.low(), slice.blocks())) {
            table = tableOf(table.size() * GROWTH);
        }
        filling.add(id, sight, arrivedAt);
        slice.gained(1);
        slice.arrived(arrivedAt, arrivedAt);
        if (filling.ids() == bounds.blockIds()) {
            write();
        }
    }

    /** Writes what is in no record yet. */
    void write() {
        if (filling.ids() > 0) {
            store.put(BlockKeys.block(slice.number, slice.blocks()), filling.encode());
            slice.wroteBlock();
            filling = new FillingBlock();
        }
    }

    /** Writes all there is to say of it, in a table no larger than it has to be. */
    Slice seal() {
        write();
        int least = IdTable.bucketsFor(slice.ids());
        if (table.size() > least) {
            table = tableOf(least);
        }
        slice.table(table);
        for (int bucket = 0; bucket < table.size(); bucket++) {
            store.put(BlockKeys.bucket(slice.number, bucket), table.encode(bucket));
        }
        store.put(BlockKeys.seal(slice.number), slice.encode());
        return slice;
    }

    /** A table of all that is in it, with at least that many buckets. */
    private IdTable tableOf(int size) {
        for (int buckets = size; ; buckets += buckets / GROWTH + 1) {
            var made = new IdTable(buckets);
            if (addBlocks(made) && filling.addTo(made, slice.blocks())) {
                return made;
            }
        }
    }

    private boolean addBlocks(IdTable to) {
        if (slice.blocks() == 0) {
            return true;
        }
        boolean room = true;
        try (KeyValueIterator<Bytes, byte[]> blocks = blocks(slice.blocks() - 1)) {
            for (int block = 0; room && blocks.hasNext(); block++) {
                room = new StoredBlock(blocks.next().value).addTo(to, block);
            }
        }
        return room;
    }

    private void readBack() {
        try (KeyValueIterator<Bytes, byte[]> blocks = blocks(IdTable.MOST_BLOCKS)) {
            while (blocks.hasNext()) {
                byte[] stored = blocks.next().value;
                while (!new StoredBlock(stored).addTo(table, slice.blocks())) {
                    table = tableOf(table.size() * GROWTH);
                }
                var block = new StoredBlock(stored);
                slice.arrived(block.oldest(), block.newest());
                slice.wroteBlock();
            }
        }
        slice.gained(table.ids());
    }

    private KeyValueIterator<Bytes, byte[]> blocks(int last) {
        return store.range(BlockKeys.block(slice.number, 0), BlockKeys.block(slice.number, last));
    }
}
