package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Claim;
import io.tidemark.streams.hot.BytesOut;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What a task keeps of the events it rejected, in the hot store. Written inside the task alone. */
final class RejectionIndex {
    static final long DAY = Duration.ofDays(1).toMillis();

    private static final byte[] THERE_IS = new BytesOut().raw((byte) 1).toBytes();

    private final KeyValueStore<Bytes, byte[]> store;

    RejectionIndex(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    void put(Rejection rejection) {
        RejectionId id = rejection.id();
        Claim claim = rejection.claim();
        store.put(RejectionKeys.rejection(claim.tenant(), id), RejectionRecord.encode(rejection));
        if (claim.namesCustomer()) {
            store.put(RejectionKeys.ofCustomer(claim, id), THERE_IS);
        }
        if (claim.namesEvent()) {
            Bytes event = RejectionKeys.event(claim);
            store.put(event, Attempts.decode(store.get(event)).with(id).encode());
        }
        Bytes tally = RejectionKeys.tally(
                claim.tenant(),
                day(id.appendedAt()),
                rejection.faults().get(0).reason().label());
        store.put(tally, Tally.encode(Tally.decode(store.get(tally)) + 1));
    }

    static int day(long millis) {
        return Math.toIntExact(Math.floorDiv(millis, DAY));
    }

    /** Notes that an event of that tenant is counted in place of a rejected one, which may lie in another partition. */
    void resolve(String tenant, RejectionId rejected, Resolution by) {
        Bytes key = RejectionKeys.resolution(tenant, rejected);
        if (store.get(key) == null) {
            store.put(key, by.encode());
        }
    }

    /** Takes away whatever is kept of a customer. */
    void forget(String tenant, String customer) {
        List<Bytes> bounds = RejectionKeys.allOfCustomer(tenant, customer);
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(bounds.get(0), bounds.get(1))) {
            all.forEachRemaining(entry -> keys.add(entry.key));
        }
        for (Bytes key : keys) {
            RejectionId id = RejectionKeys.idOfCustomers(key.get());
            Bytes rejection = RejectionKeys.rejection(tenant, id);
            Bytes resolution = RejectionKeys.resolution(tenant, id);
            byte @Nullable [] stored = store.get(rejection);
            if (stored != null) {
                deleteBeside(RejectionRecord.decode(id, stored));
                store.delete(rejection);
            }
            if (store.get(resolution) != null) {
                store.delete(resolution);
            }
            store.delete(key);
        }
    }

    /** Deletes what is kept beside a rejection that goes. */
    void deleteBeside(Rejection rejection) {
        Claim claim = rejection.claim();
        if (claim.namesCustomer()) {
            store.delete(RejectionKeys.ofCustomer(claim, rejection.id()));
        }
        if (claim.namesEvent()) {
            Bytes event = RejectionKeys.event(claim);
            Attempts left = Attempts.decode(store.get(event)).without(rejection.id());
            store.put(event, left.newest().isEmpty() ? null : left.encode());
        }
    }
}
