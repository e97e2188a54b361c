package io.tidemark.streams.reading;

import io.tidemark.streams.event.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to which instant everything appended is counted, per source partition.
 *
 * <p>A sample says where the source partitions ended at an instant. Once the group has committed up to there, the
 * partition is current as of that instant, however long nothing was appended. Otherwise it is as old as the last record
 * handled.
 *
 * <p>While records are parked, an answer is as old as the first of them.
 *
 * <p>An event that arrived in a foreign partition reaches its customer through {@code rekey}. So once {@code rekey} has
 * been used, a partition is current as of a sample only when <em>all</em> inputs were committed up to that sample and the
 * partition's part of {@code rekey} up to where it ended after that commit; its last record says nothing, as other
 * partitions may still send older ones.
 */
public final class AsOf {
    private static final int MOST_SAMPLES = 1_000;

    private final List<Sample> waiting = new ArrayList<>();
    private final Map<SourcePartition, Instant> current = new HashMap<>();
    private volatile Proven proven = Proven.NOTHING;

    /** A partition of a source. */
    public record SourcePartition(Source source, int partition) {}

    private static final class Sample {
        private final Instant at;
        private final Map<SourcePartition, Long> ends;
        private @Nullable Map<SourcePartition, Long> rekeyEnds;

        private Sample(Instant at, Map<SourcePartition, Long> ends) {
            this.at = at;
            this.ends = ends;
        }
    }

    /**
     * Takes a sample.
     *
     * @param at when it was begun
     * @param committed the group's next offset of each source partition, asked for before the ends
     * @param ends the next offset that a record appended would get
     */
    public synchronized void sampled(
            Instant at, Map<SourcePartition, Long> committed, Map<SourcePartition, Long> ends) {
        for (Iterator<Sample> samples = waiting.iterator(); samples.hasNext(); ) {
            if (settle(samples.next(), committed, ends)) {
                samples.remove();
            }
        }
        boolean rekeyUsed =
                ends.entrySet().stream().anyMatch(end -> end.getKey().source() == Source.REKEY && end.getValue() > 0);
        if (waiting.size() < MOST_SAMPLES) {
            waiting.add(new Sample(at, Map.copyOf(ends)));
        }
        proven = new Proven(current, rekeyUsed);
    }

    /** The same, or what was proven earlier, of which more is known by now: that {@code rekey} is used. */
    Proven known(Proven earlier) {
        return proven.rekeyUsed() ? earlier.withRekey() : earlier;
    }

    /** What is proven by now of what the group has committed; whether it holds of a store here is for {@link Ownership} and {@link Copies} to say. */
    public Proven proven() {
        return proven;
    }

    /** Notes what a sample proves by now; says whether it can prove nothing more. */
    private boolean settle(Sample sample, Map<SourcePartition, Long> committed, Map<SourcePartition, Long> ends) {
        boolean inputs = settle(sample.at, sample.ends, committed, false);
        if (inputs && sample.rekeyEnds == null) {
            sample.rekeyEnds = ends;
        }
        return sample.rekeyEnds != null && settle(sample.at, sample.rekeyEnds, committed, true);
    }

    /** Notes which partitions of {@code rekey}, or of the inputs, were committed up to these ends; whether all were. */
    private boolean settle(
            Instant at, Map<SourcePartition, Long> ends, Map<SourcePartition, Long> committed, boolean rekey) {
        boolean all = true;
        for (Map.Entry<SourcePartition, Long> end : ends.entrySet()) {
            if ((end.getKey().source() == Source.REKEY) != rekey) {
                continue;
            }
            if (reached(committed, end.getKey(), end.getValue())) {
                current.merge(end.getKey(), at, AsOf::later);
            } else {
                all = false;
            }
        }
        return all;
    }

    private static boolean reached(Map<SourcePartition, Long> committed, SourcePartition of, long end) {
        return committed.getOrDefault(of, 0L) >= end;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
