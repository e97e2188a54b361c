package io.tidemark.streams.hot;

import io.tidemark.streams.hot.HotReads.NotServed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The hot stores that are open in this process, by partition, to be read from outside their tasks: what has been flushed, past the record
 * cache. Whether what lies there may be said is not known here.
 *
 * <p>{@code KafkaStreams.query} would find no store while a task changes hands between threads of Kafka Streams, or from copy to active, though
 * the store stays open; and it asks every thread for all of its tasks each time (docs/decisions/0004).
 */
public final class OpenStores {
    /** Of a partition whose store is written to without anybody here being told: nothing of it is kept in memory. */
    public static final long RESTORING = -1;

    private final IntConsumer opening;
    private final MemoryBudget memory;
    private final LongSupplier nanoTime;
    private final Map<Integer, FlushedStore> stores = new ConcurrentHashMap<>();

    /** @param opening is told each partition whose store is about to be opened */
    public OpenStores(IntConsumer opening) {
        this(opening, MemoryBudget.ofHeap(), System::nanoTime);
    }

    /** @param memory for what is kept of all of them */
    OpenStores(IntConsumer opening, MemoryBudget memory, LongSupplier nanoTime) {
        this.opening = opening;
        this.memory = memory;
        this.nanoTime = nanoTime;
    }

    KeptRanges keptRanges() {
        return new KeptRanges(memory, nanoTime);
    }

    /** A store as that one, which is found here for as long as it is open. */
    public KeyValueBytesStoreSupplier readable(KeyValueBytesStoreSupplier store) {
        return FlushedStore.over(store, this);
    }

    void opening(int partition, FlushedStore store) {
        opening.accept(partition);
        stores.put(partition, store);
    }

    void closed(int partition, FlushedStore store) {
        stores.remove(partition, store);
    }

    /**
     * The values of some keys, in their order; null where there is none.
     *
     * @throws NotServed when no store of the partition is open
     */
    public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
        FlushedStore store = store(partition);
        try {
            var values = new ArrayList<byte @Nullable []>(keys.size());
            for (Bytes key : keys) {
                values.add(store.get(key));
            }
            return values;
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * Gives every entry of {@code [from, to]} to {@code entry}, in the order of the keys.
     *
     * @throws NotServed when no store of the partition is open, or is any more
     */
    public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {
        scanWhile(partition, from, to, (key, value) -> {
            entry.accept(key, value);
            return true;
        });
    }

    /**
     * The same until {@code entry} has enough, which it says with {@code false}.
     *
     * @throws NotServed as above
     */
    public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {
        FlushedStore store = store(partition);
        try (var found = store.range(from, to)) {
            boolean more = true;
            while (more && found.hasNext()) {
                var next = found.next();
                more = entry.test(next.key.get(), next.value);
            }
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " went away while it was read");
        }
    }

    /**
     * Opens ranges side by side, one after the other, and gives them to {@code read} as they are then. Those that are read whole are kept in memory for a while.
     *
     * @param stay which stay of the partition is read, or {@link #RESTORING}
     * @throws NotServed when no store of the partition is open, or is any more
     */
    public <T> T sideBySide(int partition, long stay, List<HotReads.Range> ranges, Function<List<Entries>, T> read) {
        stores.values().forEach(one -> one.kept().letGoOfIdle());
        try (var opened = new OpenRanges(store(partition))) {
            return read.apply(
                    ranges.stream().map(range -> opened.entries(range, stay)).toList());
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " went away while it was read");
        }
    }

    private FlushedStore store(int partition) {
        FlushedStore store = stores.get(partition);
        if (store == null) {
            throw new NotServed("partition " + partition + " is not open here now");
        }
        return store;
    }
}
