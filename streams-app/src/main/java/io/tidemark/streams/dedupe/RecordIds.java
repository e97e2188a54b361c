package io.tidemark.streams.dedupe;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.time.Duration;
import java.util.ArrayList;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Ids as a record each: a point get in each slice of time that may hold an id answers whether it was seen. What installations before
 * blocks have, and what those without them write ({@code ids=records}).
 *
 * <p><b>Layout.</b> Key: {@code [slice, int32][id, 16 bytes]}. A slice is 18 days, whatever the time rule is, because it is
 * stored: three gets cover the default reach (fewer while fewer slices hold anything), and what is too old is one
 * contiguous range. Not a window store: it drops old segments for nothing, but under exactly-once Kafka 4.3 takes one that
 * is empty for corrupt, and restores its whole task at every start (docs/decisions/0005).
 */
final class RecordIds {
    private static final long SLICE = Duration.ofDays(18).toMillis();
    private static final int MOST_AT_ONCE = 2_000;
    /** Before the wall in front of blocks. */
    private static final Bytes END = startOf(0xff_ffff);

    private final KeyValueStore<Bytes, byte[]> store;
    private final long reach;
    private final Forgotten forgotten;
    private int oldest = Integer.MAX_VALUE;
    private int newest = Integer.MIN_VALUE;

    RecordIds(KeyValueStore<Bytes, byte[]> store, Forgotten forgotten, long reach) {
        this.store = store;
        this.forgotten = forgotten;
        this.reach = reach;
        try (KeyValueIterator<Bytes, byte[]> ids = store.range(forgotten.records(), END);
                KeyValueIterator<Bytes, byte[]> backwards = store.reverseRange(forgotten.records(), END)) {
            if (ids.hasNext()) {
                oldest = sliceOf(ids.next().key);
                newest = sliceOf(backwards.next().key);
            }
        }
    }

    @Nullable
    FirstSight find(Id id, long arrivedAt) {
        int first = Math.min(newest, sliceOf(arrivedAt + reach));
        int last = Math.max(oldest, sliceOf(arrivedAt - reach));
        for (int at = first; at >= last; at--) {
            byte[] stored = store.get(key(at, id));
            if (stored != null) {
                return FirstSight.decode(stored);
            }
        }
        return null;
    }

    /** Every place an id may lie in, whenever it arrived. */
    void leadTo(Id id, Trail trail) {
        for (int at = newest; at >= oldest; at--) {
            trail.add(key(at, id));
        }
    }

    void put(Id id, FirstSight sight, long arrivedAt) {
        int at = sliceOf(arrivedAt);
        oldest = Math.min(oldest, at);
        newest = Math.max(newest, at);
        Bytes key = key(at, id);
        store.put(key, sight.encode());
        if (key.compareTo(forgotten.records()) <= 0) {
            // It waited longer than ids are kept: the next forgetting must find it.
            forgotten.recordsUpTo(startOf(at));
        }
    }

    /** Forgets some of the records that arrived before that. */
    void forgetSome(long arrivedBefore) {
        int firstToKeep = sliceOf(arrivedBefore);
        if (oldest >= firstToKeep) {
            return;
        }
        var old = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> ids = store.range(forgotten.records(), startOf(firstToKeep))) {
            while (old.size() < MOST_AT_ONCE && ids.hasNext()) {
                old.add(ids.next().key);
            }
        }
        old.forEach(store::delete);
        boolean more = old.size() == MOST_AT_ONCE;
        oldest = more ? oldest : firstToKeep;
        forgotten.recordsUpTo(more ? old.get(old.size() - 1) : startOf(firstToKeep));
    }

    private static int sliceOf(long time) {
        return Math.toIntExact(Math.floorDiv(time, SLICE));
    }

    private static int sliceOf(Bytes key) {
        return new BytesIn(key.get()).int32();
    }

    private static Bytes key(int slice, Id id) {
        return new BytesOut().int32(slice).int64(id.high()).int64(id.low()).toKey();
    }

    private static Bytes startOf(int slice) {
        return new BytesOut().int32(slice).toKey();
    }
}
