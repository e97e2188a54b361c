package io.tidemark.streams.tracing;

import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What some partitions know of an event.
 *
 * @param first where its identity was seen first; the customer's partition alone says it
 * @param customerSince append time of the first event that is known of the customer, UTC milliseconds; empty where none is, or only under another
 *     name
 * @param parked whether the copy that is meant waits for its schema
 * @param waiting whether records wait that may be of the same key: their ids cannot be read
 * @param refusals of events of that identity
 * @param handled how far each source of each partition is
 */
public record Trace(
        Optional<FirstSight> first,
        Optional<Long> customerSince,
        boolean parked,
        boolean waiting,
        List<Refusal> refusals,
        List<Handled> handled) {

    public Trace {
        refusals = List.copyOf(refusals);
        handled = List.copyOf(handled);
    }

    /** The last record of a source partition that was handled; -1 where none was. */
    public record Handled(Source source, int partition, long offset) {}

    /** All that these know. */
    static Trace of(List<Trace> parts) {
        var refusals = new ArrayList<Refusal>();
        var handled = new ArrayList<Handled>();
        parts.forEach(part -> {
            refusals.addAll(part.refusals);
            handled.addAll(part.handled);
        });
        return new Trace(
                parts.stream().flatMap(part -> part.first.stream()).findFirst(),
                parts.stream().flatMap(part -> part.customerSince.stream()).findFirst(),
                parts.stream().anyMatch(Trace::parked),
                parts.stream().anyMatch(Trace::waiting),
                refusals,
                handled);
    }

    /** Whether a record has been handled by the partition that it was appended to. */
    boolean isHandled(Coordinates at) {
        return handled.stream()
                .anyMatch(one ->
                        one.source() == at.topic() && one.partition() == at.partition() && one.offset() >= at.offset());
    }
}
