package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** How far the sources of a task are, read inside it. */
public final class TaskProgress {
    private TaskProgress() {}

    /** Of each source, in their order. */
    public static List<Progress> of(KeyValueStore<Bytes, byte[]> hot, SourceTopics topics, int partition) {
        return Source.ofEvents().stream()
                .map(source -> {
                    byte[] stored = hot.get(ProgressRecord.key(topics.id(source), partition));
                    return stored == null
                            ? Progress.none(source, partition)
                            : ProgressRecord.decode(source, partition, stored);
                })
                .toList();
    }
}
