package io.tidemark.streams.dedupe;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Received;
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
    private final Identity identity = new Identity();
    private ProcessorContext<Void, Outcome> context;
    private SeenIds seen;
    private Handled handled;

    public Dedupe(TimeRule time, AsOf asOf) {
        this.time = time;
        this.asOf = asOf;
    }

    @Override
    public void init(ProcessorContext<Void, Outcome> taskContext) {
        context = taskContext;
        KeyValueStore<Bytes, byte[]> store = taskContext.getStateStore(SeenIds.NAME);
        seen = new SeenIds(store, time);
        handled = new Handled(taskContext.taskId().partition(), asOf);
        taskContext.schedule(
                FORGET_EVERY,
                PunctuationType.WALL_CLOCK_TIME,
                now -> seen.forgetSome(handled.upTo().toEpochMilli()));
    }

    @Override
    public void process(Record<Void, Outcome> record) {
        handled.note(record.value().received());
        context.forward(
                record.value() instanceof Outcome.Accepted accepted ? record.withValue(sight(accepted)) : record);
    }

    private Outcome sight(Outcome.Accepted accepted) {
        Event event = accepted.event();
        Received received = accepted.received();
        Bytes id = identity.of(event);
        @Nullable FirstSight first = seen.find(id, received.appendedAt());
        if (first == null) {
            seen.put(id, FirstSight.of(event, received.origin()), received.appendedAt());
            return accepted;
        }
        return new Outcome.Repeated(received, event, first.at(), first.contentHash() == event.contentHash());
    }
}
