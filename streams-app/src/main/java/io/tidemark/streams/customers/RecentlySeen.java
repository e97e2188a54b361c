package io.tidemark.streams.customers;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * When the customers seen last were seen, to the millisecond: in memory, the newest some thousands, gone with the process.
 *
 * <p>A deletion takes a moment to get here, and events counted in that moment must revive the customer too; the hot record
 * is not written for every event and cannot tell. Should the process die in that moment, the event after it revives it.
 */
final class RecentlySeen {
    static final String NAME = "recently-seen";
    private static final int MOST = 10_000;

    private final KeyValueStore<Bytes, Long> store;

    RecentlySeen(KeyValueStore<Bytes, Long> store) {
        this.store = store;
    }

    static StoreBuilder<KeyValueStore<Bytes, Long>> builder() {
        return Stores.keyValueStoreBuilder(Stores.lruMap(NAME, MOST), Serdes.Bytes(), Serdes.Long())
                .withCachingDisabled()
                .withLoggingDisabled();
    }

    /** Events may come in another order than they were appended in. */
    void note(Bytes customer, long at) {
        if (at > at(customer)) {
            store.put(customer, at);
        }
    }

    /** Whether an event of that customer was counted that was appended at that instant or after it. */
    boolean since(Bytes customer, long instant) {
        Long at = store.get(customer);
        return at != null && at >= instant;
    }

    void forget(Bytes customer) {
        store.delete(customer);
    }

    long at(Bytes customer) {
        Long at = store.get(customer);
        return at == null ? 0 : at;
    }
}
