package io.tidemark.streams.accounts;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.commits.Pace;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.parking.ParkedRecords;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Notes what became of a record and how far its partition is, after all its effects; {@link WrittenProgress} writes it down.
 */
public final class Account implements Processor<Void, Outcome, Void, Void> {
    private static final String BEFORE_COMMIT = "progress-before-commit";

    private final SourceTopics topics;
    private final Served served;
    private final Pace pace;
    private final boolean atCommit;
    private ProcessorContext<Void, Void> context;
    private int partition;
    private KeyValueStore<Bytes, byte[]> store;
    private WrittenProgress written;

    /** @param form how pages are had: what holds them past the record cache has progress there as well */
    public Account(SourceTopics topics, Served served, Pace pace, PageCache.Form form) {
        this.topics = topics;
        this.served = served;
        this.pace = pace;
        atCommit = form == PageCache.Form.DECODED;
    }

    /** The stores that are needed, pages being had in that form. */
    public static StoreBuilder<?>[] stores(PageCache.Form form, StoreBuilder<?> hot) {
        return form == PageCache.Form.DECODED
                ? new StoreBuilder<?>[] {hot, BeforeCommit.builder(BEFORE_COMMIT)}
                : new StoreBuilder<?>[] {hot};
    }

    @Override
    public void init(ProcessorContext<Void, Void> taskContext) {
        context = taskContext;
        store = context.getStateStore(HotStore.NAME);
        partition = context.taskId().partition();
        written = atCommit
                ? new WrittenProgress.AtCommit(topics, store, context.getStateStore(BEFORE_COMMIT))
                : new WrittenProgress.WithEach(topics, store);
        pace.keep(context);
        served.open(partition);
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        Outcome outcome = record.value();
        Received received = outcome.received();
        Progress progress = received.progress();
        if (received.released()) {
            progress.released(outcome.fate());
            if (outcome.fate() != Fate.PARKED && received.offset() == progress.firstParked()) {
                moveFirstParked(progress);
            }
        } else {
            progress.handled(received.offset(), received.appendedAt(), outcome.fate());
        }
        written.tallies().note(received, outcome.fate());
        written.changed(progress);
        if (!received.released()) {
            pace.handled(context, record.timestamp());
        }
    }

    /** The first parked record is gone: whichever is left after it is the first now. */
    private void moveFirstParked(Progress progress) {
        // Not asked for where none is left: behind the last there are only tombstones.
        List<Received> next = progress.count(Fate.PARKED) == 0
                ? List.of()
                : new ParkedRecords(store, topics::id).firstFrom(progress, progress.firstParked() + 1);
        if (next.isEmpty()) {
            progress.noneParked();
        } else {
            progress.firstParkedIs(next.get(0).offset(), next.get(0).appendedAt());
        }
    }

    @Override
    public void close() {
        served.close(partition);
    }
}
