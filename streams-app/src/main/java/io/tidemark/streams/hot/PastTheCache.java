package io.tidemark.streams.hot;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.ChangeLoggingKeyValueBytesStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * The hot store, as a step has it, past the record cache: for a room that knows better than to copy bytes in and out of that
 * for each event. What this needs of Kafka Streams that is not its public API is here: one of two seams, the other is
 * {@link BeforeCommit} (docs/decisions/0023, 0024, 0026).
 *
 * <p>What is written here is in the store and the changelog at once, as if it had left the cache. So a key is either always
 * written here or never: the cache would not know, and give and write what it still has.
 *
 * <p>Kafka Streams gives a step layers: what measures, the record cache, what logs, and our {@link FlushedStore} with RocksDB
 * beneath. Of those this needs two: what logs, and ours.
 */
public final class PastTheCache {
    private final WrappedStateStore<?, ?, ?> layers;
    private final KeyValueStore<Bytes, byte[]> logged;
    private final FlushedStore flushed;

    private PastTheCache(
            WrappedStateStore<?, ?, ?> layers, ChangeLoggingKeyValueBytesStore logged, FlushedStore flushed) {
        this.layers = layers;
        this.logged = logged;
        this.flushed = flushed;
    }

    /**
     * What lies past the record cache of a store; nothing where it has other layers than a step's own.
     *
     * @param store as a step gets it
     */
    public static Optional<PastTheCache> of(KeyValueStore<Bytes, byte[]> store) {
        if (store instanceof WrappedStateStore<?, ?, ?> layers) {
            var logged = layers.findInner(ChangeLoggingKeyValueBytesStore.class);
            if (logged != null && logged.wrapped() instanceof FlushedStore flushed) {
                return Optional.of(new PastTheCache(layers, logged, flushed));
            }
        }
        return Optional.empty();
    }

    /**
     * The same.
     *
     * @throws IllegalStateException where the store has other layers
     */
    public static PastTheCache required(KeyValueStore<Bytes, byte[]> store) {
        return of(store)
                .orElseThrow(() -> new IllegalStateException(
                        "this release of Kafka has other layers before a store: set page-cache=stock"));
    }

    /**
     * From now on {@code held} goes first, in place of whatever did: whenever the record cache writes out, be it at a commit or
     * because it is full, {@code held} is written before it.
     */
    public void hold(WriteBehind held) {
        flushed.hold(held);
    }

    /** What goes first now. */
    public @Nullable WriteBehind held() {
        return flushed.held();
    }

    /** The store without it. */
    FlushedStore flushed() {
        return flushed;
    }

    /** The store with its changelog. */
    public KeyValueStore<Bytes, byte[]> logged() {
        return logged;
    }

    /** Writes what was held, in one batch. */
    public void write(List<KeyValue<Bytes, byte[]>> entries) {
        logged.putAll(entries);
    }

    /** Writes all out that this task has written so far, in the order of a commit: what is held, and then what is in the cache. */
    public void settle() {
        WriteBehind held = flushed.held();
        if (held != null) {
            held.writeOut();
        }
        layers.flushCache();
    }

    /** {@link #settle}, where anything is held; where nothing is, the cache has the order in which to write. */
    public static void settle(KeyValueStore<Bytes, byte[]> store) {
        of(store).filter(past -> past.held() != null).ifPresent(PastTheCache::settle);
    }
}
