package io.tidemark.streams.customers;

import io.tidemark.streams.event.Series;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Moves what this room stores of a customer that was erased to its pseudonym, and leaves out what says who it was. */
final class Rename {
    private final KeyValueStore<Bytes, byte[]> store;

    Rename(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Everything but the pages. A customer that is erased is in no report, also before its own record says so. */
    Erasure move(String tenant, String was, String as) {
        SortedSet<Series> series = KnownSeries.of(store, tenant, was);
        for (Series one : series) {
            move(KnownSeries.key(tenant, was, one), KnownSeries.key(tenant, as, one), KnownSeries.VALUE);
        }
        Bytes seen = HotCustomer.key(tenant, was);
        move(seen, HotCustomer.key(tenant, as), store.get(seen));
        known(KnownCustomer.key(tenant, was), KnownCustomer.key(tenant, as));
        store.delete(KnownCustomer.unreportedKey(tenant, was));
        store.put(KnownCustomer.unreportedKey(tenant, as), KnownCustomer.UNREPORTED);
        return new Erasure(tenant, was, as, series);
    }

    private void known(Bytes from, Bytes to) {
        byte[] known = store.get(from);
        byte[] nameless = known == null
                ? null
                : new KnownCustomer(
                                KnownCustomer.decode(known).id(),
                                KnownCustomer.decode(known).version(),
                                Optional.empty())
                        .encode();
        move(from, to, nameless);
    }

    private void move(Bytes from, Bytes to, byte @Nullable [] value) {
        if (value != null) {
            store.put(to, value);
            store.delete(from);
        }
    }
}
