package io.tidemark.streams.routing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What an instance says of itself: of which partitions it can answer.
 *
 * @param active counted there, with their state whole
 * @param copies kept there and near enough to the end of their changelog to be answered from, and as of when each proves it
 */
public record Holding(Set<Integer> active, Map<Integer, Instant> copies) {
    /** Of none. */
    public static final Holding NOTHING = new Holding(Set.of(), Map.of());

    public Holding {
        active = Set.copyOf(active);
        copies = Map.copyOf(copies);
    }
}
