package io.tidemark.streams.tracing;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import java.util.List;

/**
 * A record that was not counted for a fault of its own, or as a conflict.
 *
 * @param at where it was first appended
 * @param appendedAt when, UTC milliseconds
 * @param faults one or more
 */
public record Refusal(Coordinates at, long appendedAt, List<Fault> faults) {

    public Refusal {
        faults = List.copyOf(faults);
    }

    boolean isConflict() {
        return faults.get(0).reason() == Reason.CONFLICT;
    }
}
