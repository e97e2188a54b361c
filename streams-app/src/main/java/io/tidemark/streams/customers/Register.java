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

/** Notes that a customer used something, and what. An unknown customer is known from its first counted event on. */
public final class Register implements Processor<Void, Outcome, Void, Outcome> {
    private ProcessorContext<Void, Outcome> context;
    private KeyValueStore<Bytes, byte[]> store;

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        store = taskContext.getStateStore(HotStore.NAME);
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        if (record.value() instanceof Outcome.Accepted accepted) {
            note(accepted.event(), accepted.received().appendedAt());
        }
        context.forward(record);
    }

    private void note(Event event, long at) {
        Bytes series = KnownSeries.key(event.tenant(), event.customer(), Series.of(event));
        if (store.get(series) == null) {
            store.put(series, KnownSeries.VALUE);
        }
        Bytes key = HotCustomer.key(event.tenant(), event.customer());
        byte[] stored = store.get(key);
        if (stored == null) {
            store.put(key, HotCustomer.firstSeen(at).encode());
            return;
        }
        HotCustomer known = HotCustomer.decode(stored);
        if (known.isNews(at)) {
            store.put(key, known.seen(at).encode());
        }
    }
}
