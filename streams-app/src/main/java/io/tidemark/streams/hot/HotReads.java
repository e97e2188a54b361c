package io.tidemark.streams.hot;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the hot store from outside its task: only what has been flushed, so that point gets and scans agree and what is
 * written last is seen last.
 */
public interface HotReads {

    /**
     * The values of some keys, in their order; null where there is none.
     *
     * @throws NotServed when the partition is not this instance's, or its state is not whole
     */
    List<byte @Nullable []> get(int partition, List<Bytes> keys);

    /** The value of a key, or null. */
    default byte @Nullable [] get(int partition, Bytes key) {
        return get(partition, List.of(key)).get(0);
    }

    /** The partitions that are counted here now. */
    List<Integer> partitions();

    /**
     * Which stay of a partition is read now. While it is the same, what is read only gains; another one may hold less.
     *
     * @throws NotServed when the partition is not this instance's, or its state is not whole
     */
    long stay(int partition);

    /**
     * Gives every entry of {@code [from, to]} to {@code entry}, in the order of the keys.
     *
     * @throws NotServed when the partition is not this instance's, or its state is not whole
     */
    void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry);

    /**
     * The first key of {@code [from, to]}; null where there is none. It does not look at the others for it.
     *
     * @throws NotServed when the partition is not this instance's, or its state is not whole
     */
    default byte @Nullable [] firstKey(int partition, Bytes from, Bytes to) {
        var keys = new ArrayList<byte[]>();
        scanWhile(partition, from, to, (key, value) -> {
            keys.add(key);
            return false;
        });
        return keys.isEmpty() ? null : keys.get(0);
    }

    /**
     * The same until {@code entry} has enough, which it says with {@code false}.
     *
     * @throws NotServed as above
     */
    void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry);

    /**
     * Opens ranges side by side and gives them to {@code read}, in their order. Each is as it is when it is opened, one after the other: none lacks what was written before something
     * that another has which comes before it.
     *
     * @throws NotServed as above
     */
    default <T> T sideBySide(int partition, List<Range> ranges, Function<List<Entries>, T> read) {
        return read.apply(ranges.stream()
                .map(range -> {
                    var found = new ArrayList<KeyValue<Bytes, byte[]>>();
                    scan(
                            partition,
                            range.from(),
                            range.to(),
                            (key, value) -> found.add(new KeyValue<>(Bytes.wrap(key), value)));
                    return Entries.of(found.iterator());
                })
                .toList());
    }

    /**
     * Every entry of {@code [from, to]}.
     *
     * @param whole whether it is read to its end, whatever is in it: then it may be kept in memory for who reads it next
     */
    record Range(Bytes from, Bytes to, boolean whole) {}

    /** The partition cannot be read here now; it may be soon, or elsewhere. */
    final class NotServed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public NotServed(String message) {
            super(message, null, false, false);
        }
    }
}
