package io.tidemark.streams.feed;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers' months that changed and were not told yet, the longest waiting first. Each stands in the store, written in
 * the transaction of the change, and in memory as well, so that an event of one that waits already costs a look-up there.
 *
 * <p>Marks come and go all the time, and what is deleted stays in the way of scans for a while. A wall, the keys {@code
 * [0x08]} and {@code [0x08][0]}, ends those that come from before; Kafka's iterators read one key beyond where they end.
 *
 * <p>Key: {@code [0x08][tenant][customer][month, int32]}, texts ending in a zero byte. Value: layout 1 alone.
 */
final class Untold {
    private static final byte[] VALUE = {1};
    private static final List<Bytes> WALL = List.of(
            new BytesOut().raw(HotStore.UNTOLD).toKey(),
            new BytesOut().raw(HotStore.UNTOLD).raw((byte) 0).toKey());

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Month, Long> since = new LinkedHashMap<>();
    private boolean walled;

    Untold(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        Bytes from = new BytesOut().raw(HotStore.UNTOLD).raw((byte) 1).toKey();
        Bytes to = new BytesOut().raw((byte) (HotStore.UNTOLD + 1)).toKey();
        try (KeyValueIterator<Bytes, byte[]> left = store.range(from, to)) {
            left.forEachRemaining(entry -> since.put(Month.of(entry.key), 0L));
        }
    }

    /** One customer's month, in months since 1970-01. */
    record Month(String tenant, String customer, int month) {
        Bytes key() {
            return new BytesOut()
                    .raw(HotStore.UNTOLD)
                    .terminated(tenant)
                    .terminated(customer)
                    .int32(month)
                    .toKey();
        }

        static Month of(Bytes key) {
            var in = new BytesIn(key.get(), 1);
            return new Month(in.terminated(), in.terminated(), in.int32());
        }
    }

    /** @param now UTC milliseconds; asked for where the month did not wait already */
    void changed(Month month, LongSupplier now) {
        if (!since.containsKey(month)) {
            since.put(month, now.getAsLong());
            store.put(month.key(), VALUE);
            wall();
        }
    }

    private void wall() {
        if (!walled) {
            WALL.forEach(key -> store.putIfAbsent(key, VALUE));
            walled = true;
        }
    }

    /** Some of those that changed at that time or before it; or after now, by a clock that was set back since. */
    List<Month> changedBy(long time, long now, int most) {
        var due = new ArrayList<Month>();
        for (Map.Entry<Month, Long> waiting : since.entrySet()) {
            if (due.size() == most || (waiting.getValue() > time && waiting.getValue() <= now)) {
                break;
            }
            due.add(waiting.getKey());
        }
        return due;
    }

    void told(Month month) {
        since.remove(month);
        store.delete(month.key());
    }
}
