package io.tidemark.streams.guarantees;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record as the simulation appended it.
 *
 * @param at the broker's append time
 * @param told what it says; null where its bytes say nothing that could be judged
 * @param faults the reasons it must be refused for, its time apart
 * @param needsSchema whether nothing can be said of it without the registry
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nobody compares two of these
record Sent(
        boolean toUsage,
        byte @Nullable [] key,
        byte @Nullable [] value,
        Instant at,
        @Nullable Told told,
        Set<String> faults,
        boolean needsSchema) {

    Sent at(Instant later) {
        return new Sent(toUsage, key, value, later, told, faults, needsSchema);
    }
}
