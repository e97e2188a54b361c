package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotReads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** Reads what became of records by the hour of their arrival, together with the progress it belongs to: of one commit, whatever is written meanwhile. */
public final class StoredTallies {
    private static final int TRIES = 20;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);

    private final HotReads reads;
    private final StoredProgress progress;
    private final Map<Uuid, Source> sources;

    public StoredTallies(HotReads reads, StoredProgress progress, SourceTopics topics) {
        this.reads = reads;
        this.progress = progress;
        sources = Source.ofEvents().stream().collect(Collectors.toMap(topics::id, Function.identity()));
    }

    /** A partition's progress and all its tallies, in the order of their hours. */
    public record Found(List<Progress> progress, List<Tally> tallies) {
        public Found {
            progress = List.copyOf(progress);
            tallies = List.copyOf(tallies);
        }

        /** Those of one source. */
        public List<Tally> of(Source source) {
            return tallies.stream().filter(tally -> tally.source() == source).toList();
        }
    }

    /** What became of a source's records that were appended in an hour, counted since 1970-01-01T00:00Z. */
    public record Tally(Source source, int hour, Counts counts, long turn) {}

    /**
     * What a partition has.
     *
     * @throws HotReads.NotServed when it cannot be read here now, or is written so often that no moment of it can be read
     */
    public Found of(int partition) {
        for (int left = TRIES; left > 0; left--) {
            List<Progress> before = progress.of(partition);
            var found = new Found(before, tallies(partition, before));
            if (isOfOneMoment(found, progress.of(partition))) {
                return found;
            } else if (!pause()) {
                break;
            }
        }
        throw new HotReads.NotServed("partition " + partition + " is written while it is read");
    }

    private List<Tally> tallies(int partition, List<Progress> of) {
        Map<Source, Long> begun = of.stream()
                .collect(Collectors.toMap(Progress::source, one -> one.earlier().offset()));
        var tallies = new ArrayList<Tally>();
        reads.scan(partition, TallyRecord.before(0), TallyRecord.before(Integer.MAX_VALUE), (key, value) -> {
            TallyRecord.Key at = TallyRecord.keyOf(key);
            Source source = sources.get(at.topicId());
            TallyRecord tally = TallyRecord.decode(value);
            if (source != null && begun.getOrDefault(source, Long.MIN_VALUE) == tally.begun()) {
                tallies.add(new Tally(source, at.hour(), tally.counts(), tally.turn()));
            }
        });
        return tallies;
    }

    /** Tallies are written before the progress: a newer one is of a commit that was under way. */
    private static boolean isOfOneMoment(Found found, List<Progress> after) {
        for (int i = 0; i < after.size(); i++) {
            Progress before = found.progress().get(i);
            boolean moved = before.turn() != after.get(i).turn()
                    || before.offset() != after.get(i).offset();
            if (moved || found.of(before.source()).stream().anyMatch(tally -> tally.turn() > before.turn())) {
                return false;
            }
        }
        return true;
    }

    /** False when it was interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
