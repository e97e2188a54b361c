package io.tidemark.streams.fates;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Fault;
import java.util.List;

/**
 * What became of an event, as it was committed.
 *
 * @param faults why it was rejected, or of which event it is a conflict; else empty
 */
public record Told(Fate fate, List<Fault> faults) {

    public Told {
        faults = List.copyOf(faults);
    }
}
