package io.tidemark.streams.feed;

import io.tidemark.streams.hot.BeforeCommit;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.hot.PastTheCache;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The customers' months that changed and were not told yet, the longest waiting first. Each stands in memory, so that an event of one that waits already costs a
 * look-up there, and in the store, written in the transaction of the change: in each commit a block of those that came, which goes when all of them were told. Or,
 * where nothing is written at commits, each by itself. Both are read, whichever is written.
 *
 * <p>Blocks and marks come and go all the time, and what is deleted stays in the way of scans for a while. A wall, the keys {@code
 * [0x08]} and {@code [0x08][0]}, ends those that come from before; Kafka's iterators read one key beyond where they end. Blocks are
 * numbered by the lowest number that is free, so there are few keys of them ever.
 *
 * <p>Key of a block: {@code [0x08][1][number, int32]}; value: layout 1 and, again and again, {@code [tenant][customer][month, int32]}. Key of a single month: {@code
 * [0x08][tenant][customer][month, int32]}; value: layout 1 alone. Texts end in a zero byte; a tenant's begins with none below a blank.
 */
final class Untold {
    private static final byte LAYOUT = 1;
    private static final byte[] VALUE = {LAYOUT};
    private static final byte BLOCKS = 1;
    private static final int MOST_IN_A_BLOCK = 1_000;
    private static final List<Bytes> WALL = List.of(
            new BytesOut().raw(HotStore.UNTOLD).toKey(),
            new BytesOut().raw(HotStore.UNTOLD).raw((byte) 0).toKey());

    private final KeyValueStore<Bytes, byte[]> store;
    private final boolean inBlocks;
    private final Map<Month, Long> since = new LinkedHashMap<>();
    private final Set<Month> unwritten = new LinkedHashSet<>();
    private final Map<Month, Block> written = new HashMap<>();
    private final List<Block> told = new ArrayList<>();
    private final BitSet numbers = new BitSet();
    private boolean walled;

    Untold(KeyValueStore<Bytes, byte[]> store, boolean inBlocks) {
        this.store = store;
        this.inBlocks = inBlocks;
        scan(prefix(BLOCKS), prefix(BLOCKS + 1), this::readBlock);
        scan(
                prefix(BLOCKS + 1),
                new BytesOut().raw((byte) (HotStore.UNTOLD + 1)),
                (key, value) -> since.put(Month.of(key), 0L));
    }

    /** A mark of each month by itself, through the record cache. */
    static Untold each(KeyValueStore<Bytes, byte[]> store) {
        return new Untold(store, false);
    }

    /** Blocks, written in each commit and past the record cache. */
    static Untold inBlocks(KeyValueStore<Bytes, byte[]> store, BeforeCommit commit) {
        var untold = new Untold(store, true);
        PastTheCache past = PastTheCache.required(store);
        commit.run(() -> untold.write(past::write));
        return untold;
    }

    private static BytesOut prefix(int second) {
        return new BytesOut().raw(HotStore.UNTOLD).raw((byte) second);
    }

    private void scan(BytesOut from, BytesOut to, BiConsumer<BytesIn, byte[]> each) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(from.toKey(), to.toKey())) {
            entries.forEachRemaining(entry -> each.accept(new BytesIn(entry.key.get(), 1), entry.value));
        }
    }

    private void readBlock(BytesIn key, byte[] value) {
        key.raw();
        var block = new Block(key.int32());
        numbers.set(block.number);
        var in = new BytesIn(value).version(LAYOUT);
        while (!in.atEnd()) {
            Month month = Month.of(in);
            since.put(month, 0L);
            block.took(month, written);
        }
    }

    /** One customer's month, in months since 1970-01. */
    record Month(String tenant, String customer, int month) {
        // For each event: a record's own way goes through method handles that are not always inlined.
        @Override
        public boolean equals(Object other) {
            return other instanceof Month one
                    && month == one.month
                    && customer.equals(one.customer)
                    && tenant.equals(one.tenant);
        }

        @Override
        public int hashCode() {
            return (tenant.hashCode() * 31 + customer.hashCode()) * 31 + month;
        }

        Bytes key() {
            return to(new BytesOut().raw(HotStore.UNTOLD)).toKey();
        }

        private BytesOut to(BytesOut out) {
            return out.terminated(tenant).terminated(customer).int32(month);
        }

        private static Month of(BytesIn in) {
            return new Month(in.terminated(), in.terminated(), in.int32());
        }
    }

    /** Months that were written together. */
    private static final class Block {
        final int number;
        int left;

        Block(int number) {
            this.number = number;
        }

        void took(Month month, Map<Month, Block> written) {
            written.put(month, this);
            left++;
        }

        Bytes key() {
            return prefix(BLOCKS).int32(number).toKey();
        }
    }

    /** @param now UTC milliseconds; asked for where the month did not wait already */
    void changed(Month month, LongSupplier now) {
        if (since.containsKey(month)) {
            return;
        }
        since.put(month, now.getAsLong());
        if (inBlocks) {
            unwritten.add(month);
        } else {
            store.put(month.key(), VALUE);
        }
        wall();
    }

    private void wall() {
        if (!walled) {
            WALL.forEach(key -> store.putIfAbsent(key, VALUE));
            walled = true;
        }
    }

    /** Some of those that changed at that time or before it; or after now, by a clock that was set back since. */
    List<Month> changedBy(long time, long now, int most) {
        var due = new ArrayList<Month>();
        for (Map.Entry<Month, Long> waiting : since.entrySet()) {
            if (due.size() == most || (waiting.getValue() > time && waiting.getValue() <= now)) {
                break;
            }
            due.add(waiting.getKey());
        }
        return due;
    }

    void told(Month month) {
        if (since.remove(month) == null || unwritten.remove(month)) {
            return;
        }
        Block block = written.remove(month);
        if (block == null) {
            store.delete(month.key());
        } else if (--block.left == 0) {
            gone(block);
        }
    }

    private void gone(Block block) {
        if (inBlocks) {
            told.add(block);
        } else {
            store.delete(block.key());
            numbers.clear(block.number);
        }
    }

    /** What is to be written in a commit. */
    void write(Consumer<List<KeyValue<Bytes, byte[]>>> to) {
        var entries = new ArrayList<KeyValue<Bytes, byte[]>>();
        told.forEach(block -> entries.add(KeyValue.pair(block.key(), null)));
        for (var some = unwritten.iterator(); some.hasNext(); ) {
            entries.add(block(some));
        }
        if (!entries.isEmpty()) {
            to.accept(entries);
        }
        told.forEach(block -> numbers.clear(block.number));
        told.clear();
        unwritten.clear();
    }

    private KeyValue<Bytes, byte[]> block(Iterator<Month> some) {
        var block = new Block(numbers.nextClearBit(0));
        numbers.set(block.number);
        var out = new BytesOut().raw(LAYOUT);
        while (some.hasNext() && block.left < MOST_IN_A_BLOCK) {
            Month month = some.next();
            month.to(out);
            block.took(month, written);
        }
        return KeyValue.pair(block.key(), out.toBytes());
    }
}
