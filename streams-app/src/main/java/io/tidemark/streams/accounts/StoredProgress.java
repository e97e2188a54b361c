package io.tidemark.streams.accounts;

import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Reads how far the source partitions are, as it was last flushed. */
public final class StoredProgress {
    private static final List<Source> SOURCES = Source.ofEvents();

    private final HotReads reads;
    private final SourceTopics topics;

    public StoredProgress(HotReads reads, SourceTopics topics) {
        this.reads = reads;
        this.topics = topics;
    }

    /** What a source's topic is called. */
    public String topic(Source source) {
        return topics.name(source);
    }

    /** How many records were counted in a partition, also of topics that were made again since. */
    public long everCounted(int partition) {
        var counted = new LongAdder();
        Bytes from = new BytesOut().raw(HotStore.PROGRESS).toKey();
        Bytes to = new BytesOut().raw((byte) (HotStore.PROGRESS + 1)).toKey();
        reads.scan(partition, from, to, (key, value) -> {
            if (key[0] == HotStore.PROGRESS) {
                counted.add(ProgressRecord.counted(value));
            }
        });
        return counted.sum();
    }

    /** Of each source, the progress of one partition. */
    public List<Progress> of(int partition) {
        List<Bytes> keys = SOURCES.stream()
                .map(source -> ProgressRecord.key(topics.id(source), partition))
                .toList();
        List<byte @Nullable []> stored = reads.get(partition, keys);
        var all = new ArrayList<Progress>();
        for (int i = 0; i < SOURCES.size(); i++) {
            byte[] one = stored.get(i);
            Source source = SOURCES.get(i);
            all.add(one == null ? Progress.none(source, partition) : ProgressRecord.decode(source, partition, one));
        }
        return all;
    }
}
