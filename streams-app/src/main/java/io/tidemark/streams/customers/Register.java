package io.tidemark.streams.customers;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Notes that a customer used something, and what, and tells the directory of customers it does not know, or has deleted, or
 * has not heard of for an hour. Nothing waits for the directory: usage is counted and answered at once.
 */
public final class Register implements Processor<Void, Outcome, Object, Object> {
    private final String onward;
    private final String sightings;
    private final Sightings sighting = new Sightings();
    private ProcessorContext<Object, Object> context;
    private KeyValueStore<Bytes, byte[]> store;
    private RecentlySeen recent;

    /**
     * @param onward the step that every outcome goes to
     * @param sightings the sink of what the directory is told
     */
    public Register(String onward, String sightings) {
        this.onward = onward;
        this.sightings = sightings;
    }

    /** The store it shares with {@link Learn}, beside the hot store. */
    public static StoreBuilder<?> recentlySeen() {
        return RecentlySeen.builder();
    }

    @Override
    public void init(ProcessorContext<Object, Object> taskContext) {
        context = taskContext;
        store = taskContext.getStateStore(HotStore.NAME);
        KeyValueStore<Bytes, Long> seen = taskContext.getStateStore(RecentlySeen.NAME);
        recent = new RecentlySeen(seen);
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        if (record.value() instanceof Outcome.Accepted accepted) {
            note(accepted.event(), accepted.received().appendedAt(), record.timestamp());
        }
        context.forward(new Record<>(null, record.value(), record.timestamp(), record.headers()), onward);
    }

    private void note(Event event, long at, long timestamp) {
        Bytes series = KnownSeries.key(event.tenant(), event.customer(), Series.of(event));
        if (store.get(series) == null) {
            store.put(series, KnownSeries.VALUE);
        }
        Bytes key = HotCustomer.key(event.tenant(), event.customer());
        recent.note(key, at);
        byte[] stored = store.get(key);
        HotCustomer known = stored == null ? HotCustomer.unseen(at) : HotCustomer.decode(stored);
        if (known.mustBeSighted(at)) {
            HotCustomer seen = known.sighted(at);
            store.put(key, seen.encode());
            context.forward(sighting.of(event.tenant(), event.customer(), seen, timestamp), sightings);
        } else if (at < known.firstSeenAt()) {
            store.put(key, known.firstSeenAt(at).encode());
        }
    }
}
