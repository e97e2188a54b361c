package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.FlushedGets;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * The only caller of {@code KafkaStreams.query}.
 *
 * <p>{@link FlushedGets} goes past the record cache and {@code RangeQuery} never sees it, so both read what has been
 * flushed, and neither waits for the cache's lock. {@code requireActive} is not asked for: whether a partition is ours and whole is
 * what {@link Served} says, task by task, and whether our copy of another's is good, {@link Copies}.
 */
public final class StoreReader implements HotReads {
    private final KafkaStreams streams;
    private final Served served;
    private final Copies copies;
    private final Ownership ownership;

    public StoreReader(KafkaStreams streams, Served served, Copies copies, Ownership ownership) {
        this.streams = streams;
        this.served = served;
        this.copies = copies;
        this.ownership = ownership;
    }

    @Override
    public List<Integer> partitions() {
        return served.all().stream().sorted().toList();
    }

    @Override
    public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
        long stay = stay(partition);
        List<byte @Nullable []> values = Objects.requireNonNull(query(partition, new FlushedGets(keys)));
        mustBe(stay, partition);
        return values;
    }

    @Override
    public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {
        long stay = stay(partition);
        try (KeyValueIterator<Bytes, byte[]> found = query(partition, RangeQuery.<Bytes, byte[]>withRange(from, to))) {
            while (found != null && found.hasNext()) {
                var next = found.next();
                entry.accept(next.key.get(), next.value);
            }
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " went away while it was read");
        }
        mustBe(stay, partition);
    }

    @Override
    public long stay(int partition) {
        long stay = current(partition);
        if (stay == Served.NOT) {
            throw new NotServed("partition " + partition + " is not served here now");
        }
        return stay;
    }

    /** What is proven of a partition before it is read. */
    public Proven proven(int partition) {
        long active = served.stay(partition);
        return active == Served.NOT
                ? copies.proven(partition)
                : ownership.proven(partition, active).orElseGet(() -> copies.became(partition));
    }

    /** That of the active partition; where it is active elsewhere, that of our copy. */
    private long current(int partition) {
        long active = served.stay(partition);
        return active == Served.NOT ? copies.stay(partition) : active;
    }

    private void mustBe(long stay, int partition) {
        if (current(partition) != stay) {
            throw new NotServed("partition " + partition + " moved while it was read");
        }
    }

    private <R> @Nullable R query(int partition, Query<R> query) {
        try {
            var request =
                    StateQueryRequest.inStore(HotStore.NAME).withQuery(query).withPartitions(Set.of(partition));
            QueryResult<R> result = streams.query(request).getPartitionResults().get(partition);
            if (result == null || result.isFailure()) {
                throw new NotServed("partition " + partition + " cannot be read: "
                        + (result == null ? "no result" : result.getFailureMessage()));
            }
            return result.getResult();
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " cannot be read: " + e.getMessage());
        }
    }
}
