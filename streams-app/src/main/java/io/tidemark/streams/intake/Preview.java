package io.tidemark.streams.intake;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Judges events before they are written, by the same rules and the same reader as after. The verdict is the final one, but for
 * what only the broker's clock can say and what is decided meanwhile. For any number of threads.
 */
public final class Preview {
    private final WriterSchemas schemas;
    private final TimeRule time;
    private final Predicate<String> tenantKnown;
    private final Queue<Intake> idle = new ConcurrentLinkedQueue<>();

    /**
     * A judge by those rules.
     *
     * @param schemas knows what the events that are judged here were written with
     */
    public Preview(WriterSchemas schemas, TimeRule time, Predicate<String> tenantKnown) {
        this.schemas = schemas;
        this.time = time;
        this.tenantKnown = tenantKnown;
    }

    /**
     * Every fault of an event; none if it would be counted.
     *
     * @param value framed
     * @param now UTC milliseconds: about when it will be appended
     */
    public List<Fault> faults(EventKind kind, byte[] key, byte[] value, long now) {
        Source source = kind == EventKind.REQUEST ? Source.REQUESTS : Source.USAGE;
        Outcome outcome = outcome(new Origin(source, 0, 0, now), key, value, (long) key.length + value.length);
        return outcome instanceof Outcome.Rejected rejected ? rejected.faults() : List.of();
    }

    /**
     * The verdict on a record that lies there already: what it was, as long as neither the rules' settings nor what is known of tenants and
     * schemas have changed since.
     *
     * @param bytes how many key and value have; more than are given where they were cut
     */
    public Outcome outcome(Origin origin, byte @Nullable [] key, byte @Nullable [] value, long bytes) {
        var none = Progress.none(origin.topic(), origin.partition());
        var received = new Received(origin.offset(), none, origin, key, value, false);
        Intake mine = idle.poll();
        Intake intake = mine == null ? new Intake(schemas, time, tenantKnown) : mine;
        Outcome outcome = intake.judge(received, bytes);
        idle.add(intake);
        return outcome;
    }
}
