package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.parking.ParkedRecords;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Skips what was handled before.
 *
 * <p>Under exactly-once a record is read once as long as the group's offsets are there. Should they expire or be reset,
 * the whole topic is read again on top of surviving state; then the stored progress, which cannot be lost apart from the
 * totals, keeps it from being counted again.
 */
public final class Fence implements Processor<byte[], byte[], Void, Received> {
    private static final Duration RETRY_EVERY = Duration.ofMillis(100);
    private static final int MOST_AT_ONCE = 1_000;

    private final SourceTopics topics;
    private final LongAdder skipped;
    private final Map<Source, Progress> progress = new EnumMap<>(Source.class);
    private ProcessorContext<Void, Received> context;
    private final Map<Source, Long> retryFrom = new EnumMap<>(Source.class);
    private ParkedRecords parked;
    private @Nullable Cancellable retry;

    public Fence(SourceTopics topics, LongAdder skipped) {
        this.topics = topics;
        this.skipped = skipped;
    }

    @Override
    public void init(ProcessorContext<Void, Received> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        parked = new ParkedRecords(store, topics::id);
        int partition = taskContext.taskId().partition();
        for (Progress one : TaskProgress.of(store, topics, partition)) {
            progress.put(one.source(), one);
        }
        retry = null;
        retryWhatIsParked();
    }

    /** Each punctuation makes Kafka Streams process fewer records at once: there is none while nothing is parked. */
    private void retryWhatIsParked() {
        boolean parks = progress.values().stream().anyMatch(Progress::hasParked);
        if (parks && retry == null) {
            retry = context.schedule(RETRY_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> {
                progress.values().forEach(this::release);
                retryWhatIsParked();
            });
        } else if (!parks && retry != null) {
            retry.cancel();
            retry = null;
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        Source source = topics.source(at.topic());
        Progress handled = Objects.requireNonNull(progress.get(source));
        if (at.offset() <= handled.offset()) {
            skipped.increment();
            return;
        }
        var here = new Origin(source, at.partition(), at.offset(), record.timestamp());
        Origin origin = source == Source.REKEY ? OriginHeaders.read(record.headers(), topics, here) : here;
        forward(
                new Received(at.offset(), handled, origin, record.key(), record.value(), false),
                record.timestamp(),
                record.headers());
        if (retry == null && handled.hasParked()) {
            retryWhatIsParked();
        }
    }

    /**
     * Sends parked records through once more, a bounded number at a time and in turn, so that many that still have to
     * wait do not keep back those that need not. A round begins at the first that is parked: before it lie only the
     * tombstones of those that were released.
     */
    private void release(Progress of) {
        if (!of.hasParked()) {
            return;
        }
        long begin = Math.max(of.firstParked(), retryFrom.getOrDefault(of.source(), 0L));
        List<Received> batch = parked.from(of, begin, MOST_AT_ONCE);
        for (Received received : batch) {
            forward(received, received.appendedAt(), new RecordHeaders());
        }
        boolean toTheEnd = batch.size() < MOST_AT_ONCE;
        retryFrom.put(of.source(), toTheEnd ? 0L : batch.get(batch.size() - 1).offset() + 1);
    }

    private void forward(Received received, long timestamp, Headers headers) {
        context.forward(new Record<>(null, received, timestamp, headers));
    }
}
