package io.tidemark.streams.requestlog;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Rows that are in no record yet, and the blocks that name them: on the heap until the commit, and then written in one batch. */
final class HeldRows {
    /** In bytes: a commit that brings more writes some of them before its end. */
    private static final int MOST = 8 << 20;

    private final List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
    private final Map<Second, SecondBlock> blocks = new HashMap<>();
    private final Set<String> tenants = new HashSet<>();
    private final BytesOut out = new BytesOut();
    private @Nullable SecondBlock last;
    private int bytes;

    private record Second(String tenant, long second) {}

    void add(Event event, Received received, Place place, StoredSchemas schemas) {
        byte[] framed = Objects.requireNonNull(received.value(), "an accepted event has a value");
        long schema = schemas.of(framed, rows);
        byte[] row = Row.encode(received.appendedAt(), schema, framed, out);
        rows.add(KeyValue.pair(new RowKey(event.tenant(), event.customer(), place).toBytes(out), row));
        block(event.tenant(), place).add(event.customer(), place);
        bytes += row.length;
    }

    private SecondBlock block(String tenant, Place place) {
        SecondBlock block = last;
        if (block == null || !block.isOf(tenant, place.second()) || block.isFull()) {
            block = blocks.compute(new Second(tenant, place.second()), (second, begun) -> {
                if (begun != null && !begun.isFull()) {
                    return begun;
                } else if (begun != null) {
                    rows.add(KeyValue.pair(begun.key(), begun.value()));
                }
                return new SecondBlock(tenant, place);
            });
            last = block;
            if (tenants.add(tenant)) {
                SecondBlock.tenantKeys(tenant).forEach(key -> rows.add(KeyValue.pair(key, SecondBlock.TENANT)));
            }
        }
        return block;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Whether they should be written before the commit. */
    boolean isFull() {
        return bytes > MOST;
    }

    /**
     * Writes them, and behind them how far the log is then.
     *
     * @return how many records that are
     */
    int write(KeyValueStore<Bytes, byte[]> store, LogState state) {
        blocks.values().forEach(block -> rows.add(KeyValue.pair(block.key(), block.value())));
        rows.add(KeyValue.pair(LogState.KEY, state.encode()));
        store.putAll(rows);
        int written = rows.size();
        letGo();
        return written;
    }

    /** They are written, or the transaction that they belong to is gone. */
    void letGo() {
        rows.clear();
        blocks.clear();
        last = null;
        bytes = 0;
    }

    /** Of another store nothing is known. */
    void beginAnew() {
        letGo();
        tenants.clear();
    }
}
