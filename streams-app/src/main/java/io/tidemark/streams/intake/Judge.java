package io.tidemark.streams.intake;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.parking.ParkedRecords;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Says of each record whether it is countable; keeps those of which that cannot be said now, in the partition they belong to by their keys: only
 * there it shows in {@code as_of} that they wait.
 */
public final class Judge implements Processor<Void, Received, Void, Outcome> {
    private final Intake intake;
    private final SourceTopics topics;
    private final int partitions;
    private ProcessorContext<Void, Outcome> context;
    private int here;
    private ParkedRecords parked;

    public Judge(
            WriterSchemas schemas, TimeRule time, Predicate<String> tenantKnown, SourceTopics topics, int partitions) {
        this.topics = topics;
        this.partitions = partitions;
        intake = new Intake(schemas, time, tenantKnown);
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        here = taskContext.taskId().partition();
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        parked = new ParkedRecords(store, topics::id);
    }

    @Override
    public void process(Record<Void, Received> record) {
        Received received = record.value();
        Outcome outcome = intake.judge(received, bytes(record));
        boolean waits = outcome instanceof Outcome.Parked;
        if (waits && !received.released()) {
            if (isOfElsewhere(received.key())) {
                outcome = new Outcome.Rekeyed(received);
            } else {
                parked.put(received);
            }
        } else if (!waits && received.released()) {
            parked.remove(received);
        }
        context.forward(record.withValue(outcome));
    }

    /** By its key: the payload cannot be read. */
    private boolean isOfElsewhere(byte @Nullable [] key) {
        return key != null && EventKey.partition(key, partitions) != here;
    }

    /** How many bytes key and value had when they came. */
    private static long bytes(Record<Void, Received> record) {
        Received received = record.value();
        return (long) CutBytes.wholeKey(record.headers(), received.key())
                + CutBytes.wholeValue(record.headers(), received.value());
    }
}
