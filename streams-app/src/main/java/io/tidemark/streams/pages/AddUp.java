package io.tidemark.streams.pages;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Handled;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Adds each event that counts to its hour, day and month page. */
public final class AddUp implements Processor<Void, Outcome, Void, Outcome> {
    private static final long MICROS_OF_MINUTE = 60_000_000;
    private static final Duration PURGE_EVERY = Duration.ofSeconds(1);

    private final Retention keep;
    private final AsOf asOf;
    private ProcessorContext<Void, Outcome> context;
    private KeyValueStore<Bytes, byte[]> store;
    private Purge purge;
    private Handled handled;

    public AddUp(Retention keep, AsOf asOf) {
        this.keep = keep;
        this.asOf = asOf;
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        store = taskContext.getStateStore(HotStore.NAME);
        purge = new Purge(store, keep);
        handled = new Handled(taskContext.taskId().partition(), asOf);
        taskContext.schedule(PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> purge.someMore(handled.upTo()));
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        handled.note(record.value().received());
        if (record.value() instanceof Outcome.Accepted accepted) {
            add(accepted.event());
        }
        context.forward(record);
    }

    private void add(Event event) {
        long minute = Math.floorDiv(event.occurredAt(), MICROS_OF_MINUTE);
        Series series = Series.of(event);
        for (Granularity granularity : Granularity.values()) {
            if (purge.hasPassed(granularity, minute)) {
                // Parked for long: a page made now would never be read, nor purged.
                continue;
            }
            Bytes key = new PageKey(event.tenant(), granularity, granularity.period(minute), event.customer(), series)
                    .toBytes();
            byte[] stored = store.get(key);
            int amounts = event.reading().size();
            Page page = stored == null ? new Page(granularity, amounts) : Page.decode(granularity, amounts, stored);
            page.add(granularity.slot(minute), event.reading());
            store.put(key, page.encode());
        }
    }
}
