package io.tidemark.streams.hot;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A RocksDB store that is found in {@link OpenStores} for as long as it is open, and before which goes what is held of it elsewhere
 * ({@link WriteBehind}). Everything else goes to the store beneath, every method of it: a test holds that none is left to an interface's default.
 */
final class FlushedStore implements KeyValueStore<Bytes, byte[]> {
    private final KeyValueStore<Bytes, byte[]> store;
    private final OpenStores open;
    private final KeptRanges kept;
    private int partition = -1;
    private @Nullable WriteBehind held;
    /** Kafka Streams goes on with the other stores of a task, and then ends it: nothing may be written that speaks of what was not. */
    private boolean failed;

    private FlushedStore(KeyValueStore<Bytes, byte[]> store, OpenStores open) {
        this.store = store;
        this.open = open;
        kept = open.keptRanges();
    }

    /** What is kept of it in memory. */
    KeptRanges kept() {
        return kept;
    }

    /** From now on this goes first, in place of whatever did. */
    void hold(WriteBehind first) {
        held = first;
    }

    @Nullable
    WriteBehind held() {
        return held;
    }

    /** Single entries come out of the record cache, or past it; what is held comes by {@link #putAll} alone. */
    private void heldGoesFirst() {
        if (held != null) {
            held.writeOut();
        }
    }

    private void mayWrite() {
        if (failed) {
            throw new ProcessorStateException("a write before this one failed");
        }
    }

    private RuntimeException failed(RuntimeException because) {
        failed = true;
        kept.clear();
        return because;
    }

    static KeyValueBytesStoreSupplier over(KeyValueBytesStoreSupplier supplier, OpenStores open) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return supplier.name();
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new FlushedStore(supplier.get(), open);
            }

            @Override
            public String metricsScope() {
                return supplier.metricsScope();
            }
        };
    }

    @Override
    public <R> QueryResult<R> query(Query<R> query, PositionBound bound, QueryConfig config) {
        return store.query(query, bound, config);
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        partition = context.taskId().partition();
        failed = false;
        open.opening(partition, this);
        store.init(context, root);
    }

    @Override
    @Deprecated
    public void flush() {
        store.flush();
    }

    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        store.commit(changelogOffsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return store.committedOffset(partition);
    }

    @Override
    @Deprecated
    public boolean managesOffsets() {
        return store.managesOffsets();
    }

    @Override
    public void close() {
        open.closed(partition, this);
        held = null;
        try {
            store.close();
        } finally {
            // Whoever had it before it was closed may have begun to keep something.
            kept.clear();
        }
    }

    @Override
    public boolean persistent() {
        return store.persistent();
    }

    @Override
    public boolean isOpen() {
        return store.isOpen();
    }

    @Override
    public Position getPosition() {
        return store.getPosition();
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        return store.get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        return store.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
        return store.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return store.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        return store.reverseAll();
    }

    @Override
    public <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS serializer) {
        return store.prefixScan(prefix, serializer);
    }

    @Override
    public long approximateNumEntries() {
        return store.approximateNumEntries();
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        mayWrite();
        try {
            heldGoesFirst();
            kept.writing(key, value);
            try {
                store.put(key, value);
            } catch (RuntimeException e) {
                // Before anybody may read what was told and is not there.
                throw failed(e);
            } finally {
                kept.wrote();
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        mayWrite();
        try {
            heldGoesFirst();
            byte[] before = store.get(key);
            if (before == null) {
                put(key, value);
            }
            return before;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        mayWrite();
        try {
            kept.writing(entries);
            try {
                store.putAll(entries);
            } catch (RuntimeException e) {
                throw failed(e);
            } finally {
                kept.wrote();
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        mayWrite();
        try {
            heldGoesFirst();
            kept.writing(key, null);
            try {
                return store.delete(key);
            } catch (RuntimeException e) {
                throw failed(e);
            } finally {
                kept.wrote();
            }
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }
}
