package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotReads;
import java.util.ArrayList;
import java.util.List;

/** Reads how far the source partitions are, as it was last flushed. */
public final class StoredProgress {
    private final HotReads reads;
    private final SourceTopics topics;

    public StoredProgress(HotReads reads, SourceTopics topics) {
        this.reads = reads;
        this.topics = topics;
    }

    /** Of each source, the progress of one partition. */
    public List<Progress> of(int partition) {
        var all = new ArrayList<Progress>();
        for (Source source : Source.values()) {
            byte[] stored = reads.get(partition, ProgressRecord.key(topics.id(source), partition));
            all.add(
                    stored == null
                            ? Progress.none(source, partition)
                            : ProgressRecord.decode(source, partition, stored));
        }
        return all;
    }
}
