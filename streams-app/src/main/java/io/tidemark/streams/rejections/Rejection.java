package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Source;
import java.util.List;
import java.util.Optional;

/**
 * An event that was not counted for a fault of its own, or that is in conflict with one that was.
 *
 * @param claim whose it says it is
 * @param faults what is wrong with it, the first of many; their details may be cut
 * @param truncatedFrom how many bytes its value had, where only its beginning lies in {@code rejected-events}; 0 where all of it does
 * @param first of a conflict, the event that was counted
 * @param resolution empty while neither an event of its identity nor one that replays it is known to be counted
 */
public record Rejection(
        RejectionId id,
        Claim claim,
        List<Fault> faults,
        long truncatedFrom,
        Optional<Coordinates> first,
        Optional<Resolution> resolution) {

    public Rejection {
        faults = List.copyOf(faults);
    }

    /** What the topic it was sent to is for. */
    public EventKind kind() {
        return id.at().topic() == Source.USAGE ? EventKind.USAGE : EventKind.REQUEST;
    }

    boolean isConflict() {
        return first.isPresent();
    }

    Rejection with(Optional<Resolution> found) {
        return new Rejection(id, claim, faults, truncatedFrom, first, found);
    }
}
