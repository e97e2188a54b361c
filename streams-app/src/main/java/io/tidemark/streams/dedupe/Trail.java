package io.tidemark.streams.dedupe;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Where an id may lie, as it was at one moment. Any thread may follow it while the task goes on: what is written does not change, and what is
 * forgotten meanwhile is not found.
 */
final class Trail {
    private final Id id;
    private final KeyValueStore<Bytes, byte[]> store;
    private final List<Step> steps = new ArrayList<>();

    private interface Step {
        @Nullable
        FirstSight look();
    }

    Trail(Id id, KeyValueStore<Bytes, byte[]> store) {
        this.id = id;
        this.store = store;
    }

    /** It is known by now. */
    void ends(FirstSight found) {
        steps.add(() -> found);
    }

    /** It may be a record of its own. */
    void add(Bytes key) {
        steps.add(() -> {
            byte[] stored = store.get(key);
            return stored == null ? null : FirstSight.decode(stored);
        });
    }

    /**
     * It may be in a block of a slice.
     *
     * @param bucket what the slice's table says of it, and never changes; null where that is to be read
     */
    void add(Slice slice, int @Nullable [] bucket) {
        int buckets = slice.buckets();
        int blocks = slice.blocks();
        steps.add(() -> lookInto(slice.number, buckets, blocks, bucket));
    }

    /** The first sight of the id, or null. */
    @Nullable
    FirstSight follow() {
        for (Step step : steps) {
            FirstSight found = step.look();
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable FirstSight lookInto(int slice, int buckets, int blocks, int @Nullable [] held) {
        int[] bucket = held == null ? bucket(slice, buckets) : held;
        int at = IdTable.seek(bucket, id, IdTable.home(id.low()));
        while (at >= 0) {
            int block = IdTable.block(bucket[at]);
            byte[] stored = block < blocks ? store.get(BlockKeys.block(slice, block)) : null;
            FirstSight sight = stored == null ? null : new StoredBlock(stored).find(id);
            if (sight != null) {
                return sight;
            }
            at = IdTable.seek(bucket, id, IdTable.after(at));
        }
        return null;
    }

    private int[] bucket(int slice, int buckets) {
        byte[] stored = store.get(BlockKeys.bucket(slice, IdTable.bucketOf(id.high(), buckets)));
        return stored == null ? IdTable.EMPTY : IdTable.decode(stored);
    }
}
