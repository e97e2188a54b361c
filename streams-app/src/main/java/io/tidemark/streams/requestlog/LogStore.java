package io.tidemark.streams.requestlog;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.OpenStores;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The stores of the log, and the first byte of every key in the one that lasts. Apart from the hot store, whose pages are small and read all the
 * time: rows are large, and read when somebody looks.
 */
public final class LogStore {
    public static final String NAME = "request-log";

    /** How far the log is, and since when it is whole. */
    static final byte STATE = 0;
    /** The requests. */
    static final byte ROW = 1;
    /** Which rows there are of a tenant's second. */
    static final byte SECOND = 2;
    /** What rows were written with. */
    static final byte SCHEMA = 3;

    static final String BEFORE_COMMIT = "requests-before-commit";

    /** A row may be as large as an event may. */
    private static final Map<String, String> CHANGELOG = Map.of(
            "max.message.bytes",
            Integer.toString(Topics.largestRequest()),
            "segment.bytes",
            "134217728",
            "max.compaction.lag.ms",
            "86400000");

    private LogStore() {}

    /**
     * How they are made; the one that lasts is found in {@code open} for as long as it is.
     *
     * @param form how pages are had: where they are written at the commit, rows are
     */
    public static StoreBuilder<?>[] stores(OpenStores open, PageCache.Form form) {
        return form == PageCache.Form.DECODED
                ? new StoreBuilder<?>[] {builder(open), TaskLog.builder(), BeforeCommit.builder(BEFORE_COMMIT)}
                : new StoreBuilder<?>[] {builder(open), TaskLog.builder()};
    }

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(OpenStores open) {
        return Stores.keyValueStoreBuilder(
                        open.readable(Stores.persistentKeyValueStore(NAME)), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(CHANGELOG);
    }
}
