package io.tidemark.streams.requestlog;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Deletes all rows of one customer, whose events say who it was, and takes it out of the blocks that name them. */
record Forgetting(KeyValueStore<Bytes, byte[]> store, String tenant, String customer) {
    private static final int AT_ONCE = 10_000;

    void all() {
        Bytes from = RowKey.first(tenant, customer);
        while (from != null) {
            from = some(from);
        }
    }

    /** @return where the others begin; null where there are none */
    private @Nullable Bytes some(Bytes from) {
        var rows = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, RowKey.last(tenant, customer))) {
            while (rows.size() < AT_ONCE && found.hasNext()) {
                rows.add(found.next().key);
            }
        }
        var changed = new ArrayList<KeyValue<Bytes, byte[]>>();
        rows.forEach(row -> changed.add(KeyValue.pair(row, null)));
        rows.stream()
                .mapToLong(row -> RowKey.of(row.get()).place().second())
                .distinct()
                .forEach(second -> takeOut(second, changed));
        store.putAll(changed);
        return rows.size() < AT_ONCE ? null : rows.get(rows.size() - 1);
    }

    private void takeOut(long second, List<KeyValue<Bytes, byte[]>> changed) {
        try (KeyValueIterator<Bytes, byte[]> blocks =
                store.range(SecondBlock.from(tenant, second), SecondBlock.from(tenant, second - 1))) {
            while (blocks.hasNext()) {
                var block = blocks.next();
                List<RowKey> named = SecondBlock.rows(block.key.get(), block.value);
                List<RowKey> left = named.stream()
                        .filter(row -> !row.customer().equals(customer))
                        .toList();
                if (left.size() < named.size()) {
                    changed.add(KeyValue.pair(block.key, left.isEmpty() ? null : SecondBlock.value(left)));
                }
            }
        }
    }
}
