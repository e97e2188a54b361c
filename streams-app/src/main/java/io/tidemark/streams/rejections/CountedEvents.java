package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.hot.HotReads.NotServed;
import java.util.Optional;

/** Which events are in the totals. Asked from outside the tasks that count them. */
@FunctionalInterface
public interface CountedEvents {

    /**
     * Where the event of that identity lies that was counted; empty where none is known.
     *
     * @param partition the customer's
     * @throws NotServed when that cannot be said here
     */
    Optional<Coordinates> find(int partition, Claim claim);
}
