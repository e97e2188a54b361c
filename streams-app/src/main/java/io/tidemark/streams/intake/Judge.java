package io.tidemark.streams.intake;

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

/** Says of each record whether it is countable; keeps those of which that cannot be said now. */
public final class Judge implements Processor<Void, Received, Void, Outcome> {
    private final Intake intake;
    private final SourceTopics topics;
    private ProcessorContext<Void, Outcome> context;
    private ParkedRecords parked;

    public Judge(WriterSchemas schemas, TimeRule time, Predicate<String> tenantKnown, SourceTopics topics) {
        this.topics = topics;
        intake = new Intake(schemas, time, tenantKnown);
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(HotStore.NAME);
        parked = new ParkedRecords(store, topics::id);
    }

    @Override
    public void process(Record<Void, Received> record) {
        Received received = record.value();
        Outcome outcome = intake.judge(received, bytes(record));
        boolean waits = outcome instanceof Outcome.Parked;
        if (waits && !received.released()) {
            parked.put(received);
        } else if (!waits && received.released()) {
            parked.remove(received);
        }
        context.forward(record.withValue(outcome));
    }

    /** How many bytes key and value had when they came. */
    private static long bytes(Record<Void, Received> record) {
        Received received = record.value();
        return (long) CutBytes.wholeKey(record.headers(), received.key())
                + CutBytes.wholeValue(record.headers(), received.value());
    }
}
