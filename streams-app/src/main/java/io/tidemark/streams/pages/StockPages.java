package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Series;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** Pages in Kafka's record cache, as bytes: an event reads, decodes, encodes and writes each of its three. */
final class StockPages implements TaskPages {
    private final KeyValueStore<Bytes, byte[]> hot;

    StockPages(KeyValueStore<Bytes, byte[]> hot) {
        this.hot = hot;
    }

    @Override
    public void add(Event event, long appendedAt, Horizon horizon) {
        long minute = Minutes.of(event);
        Series series = Series.of(event);
        Arrival arrival = Arrival.of(event, appendedAt);
        for (Granularity granularity : Granularity.values()) {
            if (horizon.hasPassed(granularity, minute)) {
                // Parked for long: a page made now would never be read, nor purged.
                continue;
            }
            Bytes key = new PageKey(event.tenant(), granularity, granularity.period(minute), event.customer(), series)
                    .toBytes();
            byte[] stored = hot.get(key);
            var page = new Page(granularity, event.reading().size(), stored);
            page.add(granularity.slot(minute), event.reading());
            page.came(arrival);
            hot.put(key, page.encode());
        }
    }

    @Override
    public boolean sum(PageKey key, Amounts into) {
        byte[] page = hot.get(key.toBytes());
        return page != null
                && Page.sum(page, key.granularity(), 0, key.granularity().slots(), into);
    }

    /** The record cache writes in the order in which it was written to. */
    @Override
    public KeyValueStore<Bytes, byte[]> stored(Predicate<HeldPage> named) {
        return hot;
    }

    @Override
    public void close() {
        // The record cache is the store's.
    }
}
