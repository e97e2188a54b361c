package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.Entries;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.OpenStores;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hot stores of this process, where they may be answered from: whether a partition is ours and whole is what {@link Served}
 * says, task by task, and whether our copy of another's is good, {@link Copies}.
 */
public final class StoreReader implements HotReads {
    private final OpenStores stores;
    private final Served served;
    private final Copies copies;
    private final Ownership ownership;
    private final AsOf asOf;

    public StoreReader(OpenStores stores, Served served, Copies copies, Ownership ownership, AsOf asOf) {
        this.stores = stores;
        this.served = served;
        this.copies = copies;
        this.ownership = ownership;
        this.asOf = asOf;
    }

    @Override
    public List<Integer> partitions() {
        return served.all().stream().sorted().toList();
    }

    @Override
    public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
        long stay = stay(partition);
        List<byte @Nullable []> values = stores.get(partition, keys);
        mustBe(stay, partition);
        return values;
    }

    @Override
    public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {
        long stay = stay(partition);
        stores.scan(partition, from, to, entry);
        mustBe(stay, partition);
    }

    @Override
    public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {
        long stay = stay(partition);
        stores.scanWhile(partition, from, to, entry);
        mustBe(stay, partition);
    }

    @Override
    public <T> T sideBySide(int partition, List<Range> ranges, Function<List<Entries>, T> read) {
        long stay = stay(partition);
        boolean active = served.stay(partition) == stay;
        T value = stores.sideBySide(partition, active ? stay : OpenStores.RESTORING, ranges, read);
        mustBe(stay, partition);
        return value;
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
        return asOf.known(
                active == Served.NOT
                        ? copies.proven(partition)
                        : ownership.proven(partition, active).orElseGet(() -> copies.became(partition)));
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
}
