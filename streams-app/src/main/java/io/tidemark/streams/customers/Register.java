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
        Bytes key = HotCustomer.key(event.tenant(), event.customer());
        byte[] stored = store.get(key);
        if (stored == null) {
            store.put(key, HotCustomer.firstSeen(at, Series.of(event)).encode());
            return;
        }
        HotCustomer known = HotCustomer.decode(stored);
        if (known.isNews(at, Series.of(event))) {
            store.put(key, known.seen(at, Series.of(event)).encode());
        }
    }
}
