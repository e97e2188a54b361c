package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.reading.AsOf;
import io.tidemark.streams.reading.Handled;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Tells the first sight of an event from its repeats. */
public final class Dedupe implements Processor<Void, Outcome, Void, Outcome> {
    private static final Duration FORGET_EVERY = Duration.ofSeconds(1);

    private final TimeRule time;
    private final AsOf asOf;
    private final IdForm form;
    private final IdsMemory memory;
    private final SeenEvents outside;
    private final Identity identity = new Identity();
    private ProcessorContext<Void, Outcome> context;
    private SeenIds seen;
    private Handled handled;
    private int partition;

    /**
     * @param form how new ids are written; the task needs the {@link SeenIds#stores stores} of that form
     * @param memory shared by all tasks of the process
     * @param outside where others than the task find what it has seen
     */
    public Dedupe(TimeRule time, AsOf asOf, IdForm form, IdsMemory memory, SeenEvents outside) {
        this.time = time;
        this.asOf = asOf;
        this.form = form;
        this.memory = memory;
        this.outside = outside;
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(SeenIds.NAME);
        seen = new SeenIds(store, time, form, Bounds.DEFAULT, memory);
        if (form == IdForm.BLOCKS) {
            BeforeCommit commit = taskContext.getStateStore(SeenIds.BEFORE_COMMIT);
            commit.run(seen::write);
        }
        handled = new Handled(taskContext.taskId().partition(), asOf);
        taskContext.schedule(
                FORGET_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> seen.forgetSome(handled.upTo().toEpochMilli()));
        partition = taskContext.taskId().partition();
        outside.opened(partition, seen);
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        handled.note(record.value().received());
        Outcome outcome = record.value() instanceof Outcome.Accepted accepted ? sight(accepted) : record.value();
        // A record made anew copies its headers.
        context.forward(outcome == record.value() ? record : record.withValue(outcome));
    }

    private Outcome sight(Outcome.Accepted accepted) {
        Event event = accepted.event();
        Received received = accepted.received();
        Id id = identity.of(event);
        @Nullable FirstSight first = seen.find(id, received.appendedAt());
        if (first == null) {
            seen.put(id, FirstSight.of(event, received.origin()), received.appendedAt());
            return accepted;
        }
        return new Outcome.Repeated(received, event, first.at(), first.contentHash() == event.contentHash());
    }

    @Override
    public void close() {
        outside.closed(partition, seen);
        seen.close();
    }
}
