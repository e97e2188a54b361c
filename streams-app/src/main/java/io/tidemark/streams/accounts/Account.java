package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.parking.ParkedRecords;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes down what became of a record and how far its partition is, after all its effects. Being the last write of every
 * record, it is flushed after them: who reads progress first and pages after sees at least what the progress says.
 */
public final class Account implements Processor<Void, Outcome, Void, Void> {
    private final SourceTopics topics;
    private final Served served;
    private final Map<Source, Bytes> keys = new EnumMap<>(Source.class);
    private final BytesOut out = new BytesOut();
    private int partition;
    private KeyValueStore<Bytes, byte[]> store;

    public Account(SourceTopics topics, Served served) {
        this.topics = topics;
        this.served = served;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(HotStore.NAME);
        partition = context.taskId().partition();
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
        Bytes key = keys.computeIfAbsent(
                progress.source(), source -> ProgressRecord.key(topics.id(source), progress.partition()));
        store.put(key, ProgressRecord.encode(progress, out));
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
