package io.tidemark.streams.rejections;

import io.tidemark.streams.rejections.RejectionKeys.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rejections that are older than they are kept, a bounded number at a time, hour by hour.
 *
 * <p>"Now" is up to when the task has handled everything, so nothing comes to lie behind what was purged already. Of each tenant it begins where
 * the kept ones end and stops at the walls of the last time, so it does not step over the tombstones of what went before.
 */
final class RejectionPurge {
    private static final int MOST_AT_ONCE = 2_000;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final byte[] WALL = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final RejectionIndex index;
    private final Duration kept;
    private KeptSince since;
    private @Nullable Run run;

    RejectionPurge(KeyValueStore<Bytes, byte[]> store, RejectionIndex index, Duration kept) {
        this.store = store;
        this.index = index;
        this.kept = kept;
        this.since = KeptSince.decode(store.get(RejectionKeys.KEPT));
    }

    /** One pass over all tenants, of what was appended behind {@code from} and up to {@code to}; {@code cursor} is where it stands. */
    private record Run(long from, long to, Bytes cursor) {
        Run at(Bytes next) {
            return new Run(from, to, next);
        }
    }

    /** Whether what was appended then may be there still. */
    boolean keeps(long appendedAt) {
        return appendedAt > since.gone();
    }

    /** Deletes what is due, up to the bound. */
    void someMore(Instant now) {
        long due = Math.floorDiv(now.minus(kept).toEpochMilli(), HOUR) * HOUR;
        if (due < 0) {
            // Nothing is known of how far we are yet; and keys hold no time before 1970.
            return;
        }
        if (due > since.gone()) {
            // In the store before the first of them goes.
            write(new KeptSince(due, since.done()));
        }
        if (run == null && since.done() < since.gone()) {
            RejectionKeys.lastWall().forEach(key -> store.putIfAbsent(key, WALL));
            run = new Run(since.done(), since.gone(), RejectionKeys.first());
        }
        if (run != null) {
            run = carryOn(run);
        }
    }

    private void write(KeptSince next) {
        since = next;
        store.put(RejectionKeys.KEPT, next.encode());
    }

    /** Deletes up to the bound; null when the run is through. */
    private @Nullable Run carryOn(Run going) {
        int left = MOST_AT_ONCE;
        Bytes at = going.cursor();
        while (left > 0) {
            String tenant = tenantFrom(at);
            if (tenant == null) {
                write(new KeptSince(since.gone(), going.to()));
                return null;
            }
            Due due = due(tenant, going, at, left);
            delete(tenant, going, due.keys());
            if (due.isAll()) {
                deleteTallies(tenant, going);
            }
            at = due.isAll()
                    ? RejectionKeys.after(tenant)
                    : due.keys().get(due.keys().size() - 1);
            // A tenant costs two look-ups also when nothing of it is due.
            left -= due.keys().size() + 1;
        }
        return going.at(at);
    }

    private void delete(String tenant, Run of, List<Bytes> old) {
        if (!old.isEmpty()) {
            RejectionKeys.wall(tenant, of.to()).forEach(key -> store.putIfAbsent(key, WALL));
        }
        for (Bytes key : old) {
            byte @Nullable [] stored = store.delete(key);
            if (stored != null && RejectionKeys.kindOf(key.get(), tenant) == Kind.REJECTION) {
                index.deleteBeside(RejectionRecord.decode(RejectionKeys.idOf(key.get(), tenant), stored));
            }
        }
    }

    private record Due(List<Bytes> keys, boolean isAll) {}

    /**
     * What is due of a tenant, from a key on that may lie before or within it. The walls of the last time are the last of it: behind them nothing is left.
     */
    private Due due(String tenant, Run of, Bytes at, int most) {
        Bytes begin = RejectionKeys.behindWall(tenant, of.to());
        Bytes lower = at.compareTo(begin) > 0 ? at : begin;
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> old = store.range(lower, RejectionKeys.after(tenant))) {
            while (keys.size() < most && old.hasNext()) {
                Bytes key = old.next().key;
                if (RejectionKeys.kindOf(key.get(), tenant) == Kind.WALL) {
                    // They have done their part where new ones are built.
                    if (!keys.isEmpty()) {
                        keys.add(key);
                        keys.add(RejectionKeys.secondOf(key));
                    }
                    return new Due(keys, true);
                }
                keys.add(key);
            }
            return new Due(keys, keys.size() < most);
        }
    }

    private void deleteTallies(String tenant, Run of) {
        // The day of the bound is still partly kept.
        Bytes from = RejectionKeys.tallies(tenant, RejectionIndex.day(Math.max(0, of.from())));
        Bytes to = RejectionKeys.tallies(tenant, RejectionIndex.day(of.to()));
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> old = store.range(from, to)) {
            old.forEachRemaining(entry -> keys.add(entry.key));
        }
        keys.forEach(store::delete);
    }

    /** The tenant of the first key at or after one. */
    private @Nullable String tenantFrom(Bytes at) {
        try (KeyValueIterator<Bytes, byte[]> found = store.range(at, RejectionKeys.last())) {
            return found.hasNext() ? RejectionKeys.tenantOf(found.next().key) : null;
        }
    }
}
