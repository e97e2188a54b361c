package io.tidemark.streams.requestlog;

import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.accounts.TaskProgress;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.intake.WriterSchemas;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Makes a row of each request that is counted, and deletes those that are too old. Stands before the steps that count, so that in every commit, and in
 * whatever part of one, rows are there before the progress that speaks of them.
 */
public final class LogRequests implements Processor<Void, Outcome, Void, Void> {
    private static final Duration AGE_EVERY = Duration.ofSeconds(1);

    private final SourceTopics topics;
    private final WriterSchemas schemas;
    private final Duration kept;
    private final TimeRule time;
    private final Reaches reaches;
    private final boolean atCommit;
    private TaskLog log;

    /**
     * @param kept for how long requests are kept after they occurred
     * @param reaches is told since when the log of a partition is whole
     * @param form how pages are had: where they are written at the commit, rows are
     */
    public LogRequests(
            SourceTopics topics,
            WriterSchemas schemas,
            Duration kept,
            TimeRule time,
            Reaches reaches,
            PageCache.Form form) {
        this.topics = topics;
        this.schemas = schemas;
        this.kept = kept;
        this.time = time;
        this.reaches = reaches;
        atCommit = form == PageCache.Form.DECODED;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        int partition = context.taskId().partition();
        KeyValueStore<Bytes, byte[]> store = context.getStateStore(LogStore.NAME);
        KeyValueStore<Bytes, byte[]> hot = context.getStateStore(HotStore.NAME);
        log = context.getStateStore(TaskLog.NAME);
        log.begin(
                new TaskLog.Written(
                        store,
                        new StoredSchemas(schemas, store),
                        new Ageing(store),
                        kept.toMillis(),
                        (horizon, whole) -> reaches.set(partition, horizon, whole)),
                TaskProgress.of(hot, topics, partition),
                time.early());
        if (atCommit) {
            BeforeCommit commit = context.getStateStore(LogStore.BEFORE_COMMIT);
            commit.run(log::write);
        }
        context.schedule(AGE_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> log.age());
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        Outcome outcome = record.value();
        log.appended(outcome.received());
        if (outcome instanceof Outcome.Accepted accepted) {
            log.counted(accepted);
            if (!atCommit || log.isFull()) {
                log.write();
            }
        }
    }
}
