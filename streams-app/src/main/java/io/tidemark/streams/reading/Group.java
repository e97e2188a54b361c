package io.tidemark.streams.reading;

import java.util.Map;
import java.util.Set;

/**
 * Who is in the consumer group, as its coordinator says.
 *
 * @param present the ids of all members; an id that was put out never comes back
 * @param isStable false while it is being put together anew: then nobody's partitions are told
 * @param ours by partition, the member of this process that it is assigned to
 */
record Group(Set<String> present, boolean isStable, Map<Integer, String> ours) {
    Group {
        present = Set.copyOf(present);
        ours = Map.copyOf(ours);
    }
}
