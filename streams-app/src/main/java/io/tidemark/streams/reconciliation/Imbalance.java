package io.tidemark.streams.reconciliation;

import java.time.Instant;
import java.util.Optional;

/**
 * Two numbers that should be the same and are not.
 *
 * @param topic whose records they are of; empty where it is all of a partition's
 * @param hour that it is in; empty where it is not in one
 * @param what they are, in words
 */
public record Imbalance(
        int partition, Optional<String> topic, Optional<Instant> hour, String what, long expected, long found) {

    /** The same as another that was seen before, whatever the numbers are now. */
    boolean isWhere(Imbalance other) {
        return partition == other.partition
                && topic.equals(other.topic)
                && hour.equals(other.hour)
                && what.equals(other.what);
    }

    /** All of it, in a sentence. */
    public String inWords() {
        return "partition " + partition + topic.map(name -> " of " + name).orElse("")
                + hour.map(begin -> ", hour of " + begin).orElse("") + ": " + what + " (" + expected + " and " + found
                + ")";
    }
}
