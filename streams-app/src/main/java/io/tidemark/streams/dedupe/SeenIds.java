package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the events counted, by the slice of time they arrived in: a point get in each slice that may hold an id
 * answers whether it was seen.
 *
 * <p><b>How long an id must be kept.</b> An event is accepted at append time {@code a} when {@code a - late <= occurred
 * <= a + early}. If it is first accepted at {@code a1} and a repeat with the same {@code occurred} at {@code a2}, then
 * {@code a2 <= occurred + late <= a1 + early + late}. Append times of one partition may step back by the clock skew
 * between brokers. So with {@code reach = late + early + skew} an id is kept at least {@code reach} after its arrival,
 * and a repeat with the same time never counts twice, however late; one with another time is recognised for that long.
 *
 * <p>Not every record comes here as it is appended: one may have been parked, or be on its way through {@code rekey}. So
 * copies may come in either order, and each is looked for on both sides of its own arrival. Ids are kept for another
 * slice, so all this holds for records that wait no longer than that.
 *
 * <p><b>Layout.</b> Key: {@code [slice, int32][id, 16 bytes]}. A slice is 18 days, whatever the time rule is, because it is
 * stored: three gets cover the default reach (fewer while fewer slices hold anything), and what is too old is one
 * contiguous range. Key {@code [0]}, before all slices: layout 1, then the key up to where everything is forgotten, so
 * that neither the forgetting nor a start steps over the tombstones of what went before. Not a window store: it drops old segments for nothing, but under exactly-once Kafka 4.3 takes one that
 * is empty for corrupt, and restores its whole task at every start (docs/decisions/0005).
 */
public final class SeenIds {
    public static final String NAME = "seen-ids";

    private static final long SLICE = Duration.ofDays(18).toMillis();
    private static final int MOST_AT_ONCE = 2_000;
    private static final byte LAYOUT = 1;
    private static final Bytes FORGOTTEN = new BytesOut().raw((byte) 0).toKey();
    private static final Map<String, String> CHANGELOG = Map.of("segment.bytes", "134217728");

    private final KeyValueStore<Bytes, byte[]> store;
    private final long reach;
    private int oldest = Integer.MAX_VALUE;
    private int newest = Integer.MIN_VALUE;
    private Bytes forgottenUpTo;

    SeenIds(KeyValueStore<Bytes, byte[]> store, TimeRule time) {
        this.store = store;
        this.reach = reach(time).toMillis();
        this.forgottenUpTo = decode(store.get(FORGOTTEN));
        try (KeyValueIterator<Bytes, byte[]> ids = store.range(forgottenUpTo, null);
                KeyValueIterator<Bytes, byte[]> backwards = store.reverseRange(forgottenUpTo, null)) {
            if (ids.hasNext()) {
                oldest = sliceOf(ids.next().key);
                newest = sliceOf(backwards.next().key);
            }
        }
    }

    /** How long after its arrival an id is known at least. */
    static Duration reach(TimeRule time) {
        return time.late().plus(time.early()).plus(time.brokerSkew());
    }

    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(NAME), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }

    /** The first sight of an id that arrives now, or null. */
    @Nullable
    FirstSight find(Bytes id, long arrivedAt) {
        // What waited, parked or on its way through rekey, comes after copies that bear a later time.
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

    void put(Bytes id, FirstSight sight, long arrivedAt) {
        int at = sliceOf(arrivedAt);
        oldest = Math.min(oldest, at);
        newest = Math.max(newest, at);
        Bytes key = key(at, id);
        store.put(key, sight.encode());
        if (key.compareTo(forgottenUpTo) <= 0) {
            // It waited longer than ids are kept: the next forgetting must find it.
            forgottenUpTo(startOf(at));
        }
    }

    /**
     * Forgets some of the ids that nobody can repeat any more.
     *
     * @param handledUpTo everything appended up to then is handled, UTC milliseconds
     */
    void forgetSome(long handledUpTo) {
        int firstToKeep = sliceOf(handledUpTo - reach - SLICE);
        if (oldest >= firstToKeep) {
            return;
        }
        var old = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> ids = store.range(forgottenUpTo, startOf(firstToKeep))) {
            while (old.size() < MOST_AT_ONCE && ids.hasNext()) {
                old.add(ids.next().key);
            }
        }
        old.forEach(store::delete);
        boolean more = old.size() == MOST_AT_ONCE;
        oldest = more ? oldest : firstToKeep;
        forgottenUpTo(more ? old.get(old.size() - 1) : startOf(firstToKeep));
    }

    private void forgottenUpTo(Bytes key) {
        forgottenUpTo = key;
        store.put(FORGOTTEN, new BytesOut().raw(LAYOUT).raw(key.get()).toBytes());
    }

    private static Bytes decode(byte @Nullable [] stored) {
        return stored == null
                ? startOf(0)
                : Bytes.wrap(new BytesIn(stored).version(LAYOUT).raw(stored.length - 1));
    }

    private static int sliceOf(long time) {
        return Math.toIntExact(Math.floorDiv(time, SLICE));
    }

    private static int sliceOf(Bytes key) {
        return new BytesIn(key.get()).int32();
    }

    private static Bytes key(int slice, Bytes id) {
        return new BytesOut().int32(slice).raw(id.get()).toKey();
    }

    private static Bytes startOf(int slice) {
        return new BytesOut().int32(slice).toKey();
    }
}
