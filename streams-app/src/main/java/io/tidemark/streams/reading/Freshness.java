package io.tidemark.streams.reading;

import java.time.Instant;
import java.util.List;

/**
 * How fresh and how complete an answer is.
 *
 * @param asOf everything appended to the input topics up to this instant (broker time) is in the answer; over several
 *     partitions the oldest. An idle partition is current, not old
 * @param missingPartitions the partitions that could not be asked; empty when the answer is complete
 * @param position opaque token of the input that is contained, to be given back as {@code after}
 */
public record Freshness(Instant asOf, List<Integer> missingPartitions, String position) {

    public Freshness {
        missingPartitions = List.copyOf(missingPartitions);
    }

    public boolean complete() {
        return missingPartitions.isEmpty();
    }
}
