package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.TimeRule;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the events counted, by the slice of time they arrived in: a point get in each live slice answers whether an
 * id was seen.
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
 * <p><b>Layout.</b> A window store drops whole segments when they are old, at no cost per id. The window start of an id is
 * its arrival floored to a slice; a store forgets a window once its start is older than the retention, so the retention
 * is {@code reach + slice}, and the slice for waiting. Three slices cover the reach, day slices would be thirty-six gets;
 * the two slices ahead are empty, and cost nothing, unless something waited.
 */
public final class SeenIds {
    public static final String NAME = "seen-ids";

    private static final int SLICES_IN_REACH = 2;

    private final WindowStore<Bytes, byte[]> store;
    private final long reach;
    private final long slice;

    SeenIds(WindowStore<Bytes, byte[]> store, TimeRule time) {
        this.store = store;
        this.reach = reach(time).toMillis();
        this.slice = slice(time).toMillis();
    }

    /** How long after its arrival an id is known at least. */
    static Duration reach(TimeRule time) {
        return time.late().plus(time.early()).plus(time.brokerSkew());
    }

    private static Duration slice(TimeRule time) {
        return reach(time).dividedBy(SLICES_IN_REACH);
    }

    public static StoreBuilder<WindowStore<Bytes, byte[]>> builder(TimeRule time) {
        Duration retention = reach(time).plus(slice(time)).plus(slice(time));
        return Stores.windowStoreBuilder(
                        Stores.persistentWindowStore(NAME, retention, slice(time), false),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of("segment.bytes", "134217728"));
    }

    /** The first sight of an id that arrives now, or null. */
    @Nullable
    FirstSight find(Bytes id, long arrivedAt) {
        // What waited, parked or on its way through rekey, comes after copies that bear a later time.
        for (long start = startOf(arrivedAt + reach); start >= startOf(arrivedAt - reach); start -= slice) {
            byte[] stored = store.fetch(id, start);
            if (stored != null) {
                return FirstSight.decode(stored);
            }
        }
        return null;
    }

    void put(Bytes id, FirstSight sight, long arrivedAt) {
        store.put(id, sight.encode(), startOf(arrivedAt));
    }

    private long startOf(long time) {
        return Math.floorDiv(time, slice) * slice;
    }
}
