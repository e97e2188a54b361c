package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.PastTheCache;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** How far the sources of a task are, read inside it when it begins. */
public final class TaskProgress {
    private TaskProgress() {}

    /** Of each source, in their order, as it was last committed: from then on the task has them in its hands. */
    public static List<Progress> of(KeyValueStore<Bytes, byte[]> hot, SourceTopics topics, int partition) {
        // Past the record cache, which would keep what it read and not hear of what is written there ({@code
        // WrittenProgress}).
        KeyValueStore<Bytes, byte[]> stored =
                PastTheCache.of(hot).map(PastTheCache::logged).orElse(hot);
        return Source.ofEvents().stream()
                .map(source -> read(stored.get(ProgressRecord.key(topics.id(source), partition)), source, partition))
                .toList();
    }

    private static Progress read(byte @Nullable [] stored, Source source, int partition) {
        return stored == null ? Progress.none(source, partition) : ProgressRecord.decode(source, partition, stored);
    }
}
