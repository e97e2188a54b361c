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
    private SeenCustomers recent;

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
        return SeenCustomers.builder();
    }

    @Override
    public void init(ProcessorContext<Object, Object> taskContext) {
        context = taskContext;
        store = taskContext.getStateStore(HotStore.NAME);
        recent = taskContext.getStateStore(SeenCustomers.NAME);
        recent.forgetAll();
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        if (record.value() instanceof Outcome.Accepted accepted) {
            note(accepted.event(), accepted.received().appendedAt(), record.timestamp());
        }
        context.forward(record, onward);
    }

    private void note(Event event, long at, long timestamp) {
        SeenCustomers.Seen customer = seen(event, at);
        customer.at(at);
        noteSeries(event, customer);
        HotCustomer known = customer.stored();
        if (known.mustBeSighted(at)) {
            HotCustomer now = known.sighted(at);
            write(event, customer, now);
            context.forward(sighting.of(event.tenant(), event.customer(), now, timestamp), sightings);
        } else if (at < known.firstSeenAt()) {
            write(event, customer, known.firstSeenAt(at));
        }
    }

    private SeenCustomers.Seen seen(Event event, long at) {
        SeenCustomers.Seen held = recent.find(event.tenant(), event.customer());
        if (held != null) {
            return held;
        }
        byte[] stored = store.get(HotCustomer.key(event.tenant(), event.customer()));
        var seen = stored == null
                ? SeenCustomers.Seen.anew(HotCustomer.unseen(at))
                : new SeenCustomers.Seen(HotCustomer.decode(stored));
        recent.add(event.tenant(), event.customer(), seen);
        return seen;
    }

    private void noteSeries(Event event, SeenCustomers.Seen customer) {
        if (customer.isLast(event)) {
            return;
        }
        Series series = Series.of(event);
        boolean knewAll = customer.hasAll();
        if (customer.isNews(series)) {
            Bytes key = KnownSeries.key(event.tenant(), event.customer(), series);
            if (knewAll || store.get(key) == null) {
                store.put(key, KnownSeries.VALUE);
            }
        }
    }

    private void write(Event event, SeenCustomers.Seen customer, HotCustomer now) {
        store.put(HotCustomer.key(event.tenant(), event.customer()), now.encode());
        customer.stored(now);
    }
}
