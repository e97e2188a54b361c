package io.tidemark.streams.reading;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
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

    /** Of an answer that was put together out of some, one or more, and misses those partitions. */
    public static Freshness ofAll(List<Freshness> parts, Collection<Integer> missing) {
        Instant oldest = parts.stream()
                .map(Freshness::asOf)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        List<Position> positions = parts.stream()
                .map(part -> Position.parse(part.position()).orElseThrow())
                .toList();
        return new Freshness(
                oldest,
                missing.stream().sorted().toList(),
                Position.ofAll(positions).token());
    }

    public boolean complete() {
        return missingPartitions.isEmpty();
    }
}
