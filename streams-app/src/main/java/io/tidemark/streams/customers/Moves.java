package io.tidemark.streams.customers;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.hot.HotStore;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How many customers of a partition were moved to a pseudonym. One number is written before anything is moved, the same once all is; a
 * flush writes in that order. So who sees two numbers that differ sees a move in the middle, and who sees another than before has read across one.
 *
 * <p>Keys: {@code [0x0A][0]} begun, {@code [0x0A][1]} ended. Values: layout 1, the number. Missing: none.
 */
public final class Moves {
    private static final byte LAYOUT = 1;
    private static final Bytes BEGUN =
            new BytesOut().raw(HotStore.MOVES).raw((byte) 0).toKey();
    private static final Bytes ENDED =
            new BytesOut().raw(HotStore.MOVES).raw((byte) 1).toKey();
    private static final List<Bytes> BOTH = List.of(BEGUN, ENDED);

    private Moves() {}

    static void begin(KeyValueStore<Bytes, byte[]> store) {
        long next = number(store.get(BEGUN)) + 1;
        store.put(BEGUN, new BytesOut().raw(LAYOUT).number(next).toBytes());
    }

    static void end(KeyValueStore<Bytes, byte[]> store) {
        store.put(
                ENDED,
                new BytesOut().raw(LAYOUT).number(number(store.get(BEGUN))).toBytes());
    }

    /**
     * How many there were, as it was last flushed.
     *
     * @throws NotServed while one is being flushed, some milliseconds
     */
    public static long of(HotReads reads, int partition) {
        List<byte @Nullable []> stored = reads.get(partition, BOTH);
        long begun = number(stored.get(0));
        if (begun != number(stored.get(1))) {
            throw new NotServed("a customer of partition " + partition + " is being moved");
        }
        return begun;
    }

    private static long number(byte @Nullable [] stored) {
        return stored == null ? 0 : new BytesIn(stored).version(LAYOUT).number();
    }
}
