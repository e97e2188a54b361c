package io.tidemark.streams.hot;

import io.tidemark.schemas.Topics;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The store's name, its making, and the first byte of every key in it.
 *
 * <p>The record cache in front of it is what makes one event's many small writes cheap: an entry written a hundred times
 * between two commits is logged once. At a commit it is flushed in the order of last writing (Kafka's {@code
 * NamedCache}); so the progress record, which every event writes last, is never seen before what it speaks of. Pages are held
 * elsewhere and go before all that leaves the cache ({@link WriteBehind}).
 */
public final class HotStore {
    public static final String NAME = "hot";

    /** How far each source partition has been handled. */
    public static final byte PROGRESS = 0;
    /** What is known of a customer on the hot path. */
    public static final byte CUSTOMER = 1;
    /** Pages of slots. */
    public static final byte PAGE = 2;
    /** How far pages have been purged. */
    public static final byte PURGED = 3;
    /** Records whose schema cannot be looked up now. */
    public static final byte PARKED = 4;
    /** Which series a customer has. */
    public static final byte SERIES = 5;
    /** What the directory says of a customer. */
    public static final byte KNOWN = 6;
    /** Which customers are left out of reports. */
    public static final byte UNREPORTED = 7;
    /** Which months of which customers the feed has still to tell. */
    public static final byte UNTOLD = 8;

    /** How far the table of what the directory says has been read. */
    public static final byte LEARNED = 9;

    /** How many customers were begun, and ended, to be moved. */
    public static final byte MOVES = 10;

    /** What became of the records of a source partition, by the hour of their arrival. */
    public static final byte TALLY = 11;

    /** What was rejected of late, and what became of it since. */
    public static final byte REJECTIONS = 12;

    /**
     * For how long after its appending a record of the changelog is not compacted away. A copy that is nearer than that to
     * the end has read every record there was; one that is further behind may have met progress before pages it speaks of,
     * whose records were replaced by later ones that it has not read.
     */
    public static final Duration UNCOMPACTED = Duration.ofMinutes(5);

    /** The largest record is a parked event; compaction is kept close behind, so that a restore has little to read. */
    private static final Map<String, String> CHANGELOG = Map.of(
            "max.message.bytes",
            Integer.toString(Topics.largestRequest()),
            "segment.bytes",
            "134217728",
            "min.cleanable.dirty.ratio",
            "0.2",
            "max.compaction.lag.ms",
            "3600000",
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            Long.toString(UNCOMPACTED.toMillis()),
            // A record's age is that in the log, not that of the event it is of.
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime");

    private HotStore() {}

    /** The topic that the store's changes are in. */
    public static String changelog(String applicationId) {
        return applicationId + "-" + NAME + "-changelog";
    }

    /** How the store is made; it is found in {@code open} for as long as it is. */
    public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(OpenStores open) {
        return Stores.keyValueStoreBuilder(
                        FlushedStore.over(Stores.persistentKeyValueStore(NAME), open),
                        Serdes.Bytes(),
                        Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
