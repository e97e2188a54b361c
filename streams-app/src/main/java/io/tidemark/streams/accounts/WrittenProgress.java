package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.PastTheCache;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Writes progress down behind all that it speaks of: who reads progress first and pages after sees at least what the progress
 * says, in the midst of a flush as well, and in a copy that has applied half a commit.
 *
 * <p>A key that is written again moves to the end of what the record cache writes out. So it is not enough to write the
 * progress of a record's source after its effects: a later record of <em>another</em> source may write one of the same keys, a
 * customer's series, and move it behind the progress that speaks of it.
 */
abstract sealed class WrittenProgress {
    private final SourceTopics topics;
    private final HourTallies tallies;
    private final Map<Source, Bytes> keys = new EnumMap<>(Source.class);
    private final BytesOut out = new BytesOut();

    private WrittenProgress(SourceTopics topics, HourTallies tallies) {
        this.topics = topics;
        this.tallies = tallies;
    }

    /** The tallies that are written before it each time. */
    final HourTallies tallies() {
        return tallies;
    }

    /** The progress of a source has changed, after all that it speaks of was written. */
    abstract void changed(Progress progress);

    final void write(Progress progress, KeyValueStore<Bytes, byte[]> store) {
        Bytes key = keys.computeIfAbsent(
                progress.source(), source -> ProgressRecord.key(topics.id(source), progress.partition()));
        store.put(key, ProgressRecord.encode(progress, out));
    }

    /** Once in each commit, behind whatever else it writes, and past the record cache. */
    static final class AtCommit extends WrittenProgress {
        private final Map<Source, Progress> changed = new EnumMap<>(Source.class);
        private final PastTheCache store;

        AtCommit(SourceTopics topics, KeyValueStore<Bytes, byte[]> store, BeforeCommit commit) {
            this(topics, PastTheCache.required(store), commit);
        }

        private AtCommit(SourceTopics topics, PastTheCache store, BeforeCommit commit) {
            super(topics, new HourTallies(topics, store.logged()));
            this.store = store;
            commit.run(this::write);
        }

        @Override
        void changed(Progress progress) {
            changed.put(progress.source(), progress);
        }

        private void write() {
            if (!changed.isEmpty()) {
                store.settle();
                tallies().write();
                changed.values().forEach(progress -> write(progress, store.logged()));
                changed.clear();
            }
        }
    }

    /** With each record, that of every source that had any: into the record cache, at whose end all of it is then. */
    static final class WithEach extends WrittenProgress {
        private final Map<Source, Progress> had = new EnumMap<>(Source.class);
        private final KeyValueStore<Bytes, byte[]> store;

        WithEach(SourceTopics topics, KeyValueStore<Bytes, byte[]> store) {
            super(topics, new HourTallies(topics, store));
            this.store = store;
        }

        @Override
        void changed(Progress progress) {
            tallies().write();
            had.put(progress.source(), progress);
            had.values().forEach(one -> write(one, store));
        }
    }
}
