package io.tidemark.streams.pages;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** What is known of those of some partitions that can be read now, before their pages are. */
final class Outsets {
    private final SortedSet<Integer> asked;
    private final SortedMap<Integer, Outset> readable = new TreeMap<>();

    /** @param look at a partition; throws {@link NotServed} where it cannot be read */
    Outsets(Set<Integer> partitions, IntFunction<Outset> look) {
        asked = new TreeSet<>(partitions);
        for (int partition : asked) {
            try {
                readable.put(partition, look.apply(partition));
            } catch (NotServed missing) {
                // The answer says so.
            }
        }
    }

    List<Integer> readable() {
        return List.copyOf(readable.keySet());
    }

    /** The partition went away while it was read. */
    void wentMissing(int partition) {
        readable.remove(partition);
    }

    /** Up to where any of them is purged. */
    Horizon horizon() {
        return readable.values().stream().map(Outset::horizon).reduce(Horizon.NONE, Horizon::and);
    }

    /** Whether pages of these partitions that were read until {@code now} are what this says of them. */
    boolean areStill(Outsets now) {
        return readable.entrySet().stream().allMatch(before -> {
            Outset after = now.readable.get(before.getKey());
            return after != null && after.isWhereItWas(before.getValue());
        });
    }

    Freshness freshness() {
        Instant oldest = readable.values().stream()
                .map(Outset::asOf)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        var progress = new ArrayList<Progress>();
        readable.values().forEach(one -> progress.addAll(one.progress()));
        List<Integer> missing = asked.stream()
                .filter(partition -> !readable.containsKey(partition))
                .toList();
        return new Freshness(oldest, missing, Position.of(progress).token());
    }
}
