package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Earlier;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart by the hour of its arrival what became of each record: the broker's append time, of a record that came by {@code rekey} its
 * first. One task's alone; what is here and not written is gone with the task, as its transaction is.
 *
 * <p>Nearly every record is of the same hour as the one before it, so the tally of that hour is at hand. Hours that are older than they are kept go
 * into {@link Earlier}, so that all tallies and that together are the progress, for ever.
 */
final class HourTallies {
    /** As long as input topics keep what they are of. */
    static final Duration KEPT = Duration.ofDays(400);

    private static final int KEPT_HOURS = (int) KEPT.toHours();
    private static final long MILLIS_OF_HOUR = Duration.ofHours(1).toMillis();

    private final SourceTopics topics;
    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Source, Tallies> sources = new EnumMap<>(Source.class);
    private final BytesOut out = new BytesOut();

    /** @param store where they are written to, and nowhere else */
    HourTallies(SourceTopics topics, KeyValueStore<Bytes, byte[]> store) {
        this.topics = topics;
        this.store = store;
    }

    /** The hour of an append time in UTC milliseconds, since 1970-01-01T00:00Z. */
    static int hourOf(long appendedAt) {
        return (int) Math.floorDiv(appendedAt, MILLIS_OF_HOUR);
    }

    /** Notes what its progress has noted already. */
    void note(Received received, Fate fate) {
        if (received.released() && fate == Fate.PARKED) {
            // Still parked: it is asked for ten times a second.
            return;
        }
        Progress progress = received.progress();
        int hour = hourOf(received.appendedAt());
        Earlier earlier = progress.earlier();
        Counts counts = earlier.has(received.offset(), hour)
                ? earlier.counts()
                : of(progress).at(hour).changedIn(progress.turn());
        if (received.released()) {
            counts.released(fate);
        } else {
            counts.handled(fate);
        }
    }

    /** Writes what changed, to be followed by the progress. */
    void write() {
        sources.values().forEach(Tallies::write);
    }

    private Tallies of(Progress progress) {
        Tallies found = sources.get(progress.source());
        if (found == null) {
            found = new Tallies(progress);
            sources.put(progress.source(), found);
        }
        return found;
    }

    private static final class Tally {
        private final int hour;
        private final Counts counts;
        private long turn;
        private boolean changed;

        private Tally(int hour, Counts counts) {
            this.hour = hour;
            this.counts = counts;
        }

        private Counts changedIn(long newTurn) {
            turn = newTurn;
            changed = true;
            return counts;
        }
    }

    /** Those of one source. */
    private final class Tallies {
        private final Progress progress;
        private final Map<Integer, Tally> sinceWritten = new HashMap<>();
        private @Nullable Tally last;

        private Tallies(Progress progress) {
            this.progress = progress;
        }

        private Tally at(int hour) {
            Tally tally = last;
            if (tally == null || tally.hour != hour) {
                tally = sinceWritten.computeIfAbsent(hour, this::stored);
                last = tally;
            }
            return tally;
        }

        private Tally stored(int hour) {
            byte[] value = store.get(key(hour));
            if (value != null) {
                TallyRecord stored = TallyRecord.decode(value);
                if (stored.begun() == progress.earlier().offset()) {
                    return new Tally(hour, stored.counts());
                }
            }
            return new Tally(hour, new Counts());
        }

        private void write() {
            for (Tally tally : sinceWritten.values()) {
                if (tally.changed) {
                    var record = new TallyRecord(progress.earlier().offset(), tally.turn, tally.counts);
                    store.put(key(tally.hour), record.encode(out));
                    tally.changed = false;
                }
            }
            sinceWritten.clear();
            giveUpOld();
            if (last != null) {
                sinceWritten.put(last.hour, last);
            }
        }

        private Bytes key(int hour) {
            return TallyRecord.key(hour, topics.id(progress.source()), progress.partition());
        }

        /** Once in an hour there is one. */
        private void giveUpOld() {
            Earlier earlier = progress.earlier();
            int first = hourOf(progress.appendedAt()) - KEPT_HOURS;
            if (first <= earlier.hour()) {
                return;
            }
            for (KeyValue<Bytes, byte[]> old : olderThan(first)) {
                TallyRecord tally = TallyRecord.decode(old.value);
                if (tally.begun() == earlier.offset()) {
                    earlier.takeIn(tally.counts());
                }
                store.delete(old.key);
            }
            earlier.takesInBefore(first);
            if (last != null && last.hour < first) {
                last = null;
            }
        }

        private List<KeyValue<Bytes, byte[]>> olderThan(int first) {
            var old = new ArrayList<KeyValue<Bytes, byte[]>>();
            Bytes from = TallyRecord.before(progress.earlier().hour());
            try (KeyValueIterator<Bytes, byte[]> tallies = store.range(from, TallyRecord.before(first))) {
                while (tallies.hasNext()) {
                    KeyValue<Bytes, byte[]> tally = tallies.next();
                    if (TallyRecord.keyOf(tally.key.get()).topicId().equals(topics.id(progress.source()))) {
                        old.add(tally);
                    }
                }
            }
            return old;
        }
    }
}
