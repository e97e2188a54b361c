package io.tidemark.streams.customers;

import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition of {@code customers} has been read into the table of it, which is the last thing that is written of each record:
 * who sees it sees all that the record changed.
 *
 * <p>Key: {@code [0x09][topic id, 16 bytes][partition, int32]}. Value: layout 1, the last offset. Missing: nothing was read, or by a build
 * that did not say.
 */
public final class Learned {
    private static final byte LAYOUT = 1;
    private static final long NOTHING = -1;

    private final HotReads reads;
    private final SourceTopics topics;

    public Learned(HotReads reads, SourceTopics topics) {
        this.reads = reads;
        this.topics = topics;
    }

    /** The last offset of a partition that answers know of, as it was last flushed; -1 before the first. */
    public long upTo(int partition) {
        return decode(reads.get(partition, key(topics, partition)));
    }

    static Bytes key(SourceTopics topics, int partition) {
        Uuid topic = topics.id(Source.CUSTOMERS);
        return new BytesOut()
                .raw(HotStore.LEARNED)
                .int64(topic.getMostSignificantBits())
                .int64(topic.getLeastSignificantBits())
                .int32(partition)
                .toKey();
    }

    static byte[] encode(long offset) {
        return new BytesOut().raw(LAYOUT).number(offset).toBytes();
    }

    static long decode(byte @Nullable [] stored) {
        return stored == null ? NOTHING : new BytesIn(stored).version(LAYOUT).number();
    }
}
