package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Series;
import java.util.ArrayDeque;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;

/** Pages in Kafka's record cache, as bytes: an event reads, decodes, encodes and writes each of its own. */
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
        Below below = Below.MAY_BE;
        var added = new ArrayDeque<KeyValue<Bytes, byte[]>>();
        for (int i = 0; i < Granularity.count() && below != Below.NOTHING; i++) {
            Granularity granularity = Granularity.coarsest(i);
            // Parked for long: a page made now would never be read, nor purged.
            if (horizon.hasPassed(granularity, minute)) {
                break;
            }
            Bytes key = new PageKey(event.tenant(), granularity, granularity.period(minute), event.customer(), series)
                    .toBytes();
            byte[] stored = below.mayBeStored() ? hot.get(key) : null;
            var page = new Page(granularity, below.amounts(event.reading()), stored);
            below.handOver(page);
            below = page.add(minute, event.reading(), arrival);
            added.addFirst(KeyValue.pair(key, page.encode()));
        }
        // The finest first: a commit writes in the order in which the record cache was written to last.
        added.forEach(page -> hot.put(page.key, page.value));
    }

    @Override
    public boolean sum(PageKey key, Amounts into) {
        byte[] page = hot.get(key.toBytes());
        return page != null && Page.sum(page, key.granularity(), into);
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
