package io.tidemark.streams.reading;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/**
 * What the samples taken so far prove: as of which instant each source partition is current.
 *
 * @param current of each source partition, the newest sample that was reached
 * @param rekeyUsed whether anything ever was appended to {@code rekey}; that nothing was is true of that moment only, and this
 *     may be asked about progress made since: see {@link AsOf#known}
 */
public record Proven(Map<SourcePartition, Instant> current, boolean rekeyUsed) {
    static final Proven NOTHING = new Proven(Map.of(), true);

    public Proven {
        current = Map.copyOf(current);
    }

    /**
     * Up to when everything is counted that was appended for these source partitions: the oldest of them.
     *
     * @param progress read after this was proven: it must tell of all records that were parked until then
     */
    public Instant of(Collection<Progress> progress) {
        return ofAll(progress.stream()
                .filter(one -> rekeyUsed || one.source() != Source.REKEY)
                .toList());
    }

    Proven withRekey() {
        return rekeyUsed ? this : new Proven(current, true);
    }

    /** The same, {@code rekey} being one of them whether it has been used or not: a lagging input may use it yet. */
    Instant ofAll(Collection<Progress> progress) {
        return progress.stream().map(this::of).min(Instant::compareTo).orElse(Instant.EPOCH);
    }

    private Instant of(Progress progress) {
        Instant sampled =
                current.getOrDefault(new SourcePartition(progress.source(), progress.partition()), Instant.EPOCH);
        Instant upTo = AsOf.later(handled(progress), sampled);
        if (!progress.hasParked()) {
            return upTo;
        }
        Instant parked = Instant.ofEpochMilli(progress.parkedSince() - 1);
        return parked.isBefore(upTo) ? parked : upTo;
    }

    /** Up to when a partition's last record proves that all are handled. */
    private static Instant handled(Progress progress) {
        // Events come to rekey from partitions that are not equally far: a new one proves nothing of older ones.
        if (progress.source() == Source.REKEY || progress.appendedAt() == 0) {
            return Instant.EPOCH;
        }
        // Others of the same millisecond may not be handled yet.
        return Instant.ofEpochMilli(progress.appendedAt() - 1);
    }
}
