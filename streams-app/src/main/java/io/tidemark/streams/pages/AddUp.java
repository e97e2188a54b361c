package io.tidemark.streams.pages;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.event.Outcome;
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

/** Adds each event that counts to its pages. */
public final class AddUp implements Processor<Void, Outcome, Void, Outcome> {
    private static final Duration PURGE_EVERY = Duration.ofSeconds(1);

    private final Retention keep;
    private final AsOf asOf;
    private final PageMemory memory;
    private ProcessorContext<Void, Outcome> context;
    private TaskPages pages;
    private Purge purge;
    private Handled handled;

    public AddUp(Retention keep, AsOf asOf, PageMemory memory) {
        this.keep = keep;
        this.asOf = asOf;
        this.memory = memory;
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        pages = memory.open(store);
        purge = new Purge(store, pages, keep);
        handled = new Handled(taskContext.taskId().partition(), asOf);
        taskContext.schedule(PURGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> purge.someMore(handled.upTo()));
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        handled.note(record.value().received());
        if (record.value() instanceof Outcome.Accepted accepted) {
            pages.add(accepted.event(), accepted.received().appendedAt(), purge.horizon());
        }
        context.forward(record);
    }

    @Override
    public void close() {
        pages.close();
    }
}
