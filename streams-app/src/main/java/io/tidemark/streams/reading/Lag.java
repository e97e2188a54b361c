package io.tidemark.streams.reading;

import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many records wait in each source partition, and whether it moves. */
public final class Lag {
    /** A partition that has records waiting and commits none of them for this long has stopped. */
    static final Duration STOPPED_AFTER = Duration.ofSeconds(30);

    private final Map<SourcePartition, Long> committed = new HashMap<>();
    private final Map<SourcePartition, Long> waiting = new HashMap<>();
    private final Map<SourcePartition, Instant> movedAt = new HashMap<>();

    public synchronized void sampled(
            Instant at, Map<SourcePartition, Long> nowCommitted, Map<SourcePartition, Long> ends) {
        ends.forEach((of, end) -> {
            long upTo = nowCommitted.getOrDefault(of, 0L);
            Long before = committed.put(of, upTo);
            waiting.put(of, Math.max(0, end - upTo));
            if (before == null || before != upTo || end <= upTo) {
                movedAt.put(of, at);
            }
        });
    }

    /** Records that wait, by source partition. */
    public synchronized Map<SourcePartition, Long> waiting() {
        return Map.copyOf(waiting);
    }

    /** Which of these partitions have stopped, in words. */
    public synchronized List<String> stopped(Instant now, Iterable<Integer> partitions) {
        var stopped = new ArrayList<String>();
        for (int partition : partitions) {
            waiting.forEach((of, records) -> {
                Instant moved = movedAt.getOrDefault(of, now);
                if (of.partition() == partition
                        && records > 0
                        && moved.plus(STOPPED_AFTER).isBefore(now)) {
                    stopped.add(of.source().name().toLowerCase(java.util.Locale.ROOT) + " partition " + partition
                            + " has " + records + " records waiting and has not moved since " + moved);
                }
            });
        }
        return stopped;
    }
}
