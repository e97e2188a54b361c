package io.tidemark.streams.pages;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Deletes hour and day pages that are older than they are kept, a bounded number at a time.
 *
 * <p>"Now" is up to when the task has handled everything, so nothing that may still come finds its page gone. Hour pages
 * go before day pages. Each purge begins where the last one ended and carries on behind the last page it deleted, so it
 * does not step over the tombstones of what went before; what others scan is kept from them by a {@link PageKey#wall}.
 */
final class Purge {
    private static final int MOST_AT_ONCE = 2_000;
    private static final byte[] WALL = {1};

    private final KeyValueStore<Bytes, byte[]> store;
    private final TaskPages pages;
    private final Retention keep;
    private Horizon horizon;
    private @Nullable Run run;

    Purge(KeyValueStore<Bytes, byte[]> store, TaskPages pages, Retention keep) {
        this.store = store;
        this.pages = pages;
        this.keep = keep;
        this.horizon = Horizon.decode(store.get(Horizon.KEY));
    }

    /** One pass over all tenants' pages of a granularity, up to a fixed minute; {@code cursor} is where it stands. */
    private record Run(Granularity granularity, long from, long to, Bytes cursor) {
        Run at(Bytes next) {
            return new Run(granularity, from, to, next);
        }
    }

    /** Deletes what is due, up to the bound. */
    void someMore(Instant now) {
        if (now.isBefore(Instant.EPOCH.plus(keep.days()))) {
            // Nothing is known of how far we are yet; and keys hold no time before 1970.
            return;
        }
        advance(midnightBefore(now, keep.hours()), midnightBefore(now, keep.days()));
        Run going = run == null ? next() : run;
        if (going != null) {
            // The horizon is in the store before the first page goes.
            run = carryOn(going, pages.stored(page -> page.hasPassed(horizon)));
        }
    }

    /** Up to where pages may be gone already. */
    Horizon horizon() {
        return horizon;
    }

    private static long midnightBefore(Instant now, Duration kept) {
        long minute = Math.floorDiv(now.minus(kept).getEpochSecond(), 60L);
        return Math.floorDiv(minute, Granularity.MINUTES_OF_DAY) * Granularity.MINUTES_OF_DAY;
    }

    /** Says first, durably, what will be gone. */
    private void advance(long hours, long days) {
        if (hours > horizon.hours() || days > horizon.days()) {
            write(new Horizon(
                    Math.max(hours, horizon.hours()),
                    Math.max(days, horizon.days()),
                    horizon.hoursDone(),
                    horizon.daysDone()));
        }
    }

    private void write(Horizon next) {
        horizon = next;
        store.put(Horizon.KEY, next.encode());
    }

    private @Nullable Run next() {
        Bytes start = new BytesOut().raw(HotStore.PAGE).toKey();
        if (horizon.hoursDone() < horizon.hours()) {
            return new Run(Granularity.HOUR, horizon.hoursDone(), horizon.hours(), start);
        }
        return horizon.daysDone() < horizon.days()
                ? new Run(Granularity.DAY, horizon.daysDone(), horizon.days(), start)
                : null;
    }

    /** Deletes up to the bound; null when the run is through. */
    private @Nullable Run carryOn(Run going, KeyValueStore<Bytes, byte[]> stored) {
        int left = MOST_AT_ONCE;
        Bytes at = going.cursor();
        while (left > 0) {
            String tenant = tenantFrom(at, stored);
            if (tenant == null) {
                done(going);
                return null;
            }
            List<Bytes> old = pages(tenant, going, at, left, stored);
            delete(tenant, going.granularity(), old, stored);
            boolean tenantIsThrough = old.size() < left;
            at = tenantIsThrough ? PageKey.after(tenant) : old.get(old.size() - 1);
            // A tenant costs two look-ups also when nothing of it is due.
            left -= old.size() + 1;
        }
        return going.at(at);
    }

    private static void delete(
            String tenant, Granularity granularity, List<Bytes> old, KeyValueStore<Bytes, byte[]> stored) {
        if (!old.isEmpty()) {
            PageKey.wall(tenant, granularity).forEach(key -> stored.putIfAbsent(key, WALL));
            old.forEach(stored::delete);
        }
    }

    private void done(Run finished) {
        boolean hours = finished.granularity() == Granularity.HOUR;
        write(new Horizon(
                horizon.hours(),
                horizon.days(),
                hours ? finished.to() : horizon.hoursDone(),
                hours ? horizon.daysDone() : finished.to()));
    }

    /** What is due of a tenant, from a key on that may lie before or within its pages. */
    private static List<Bytes> pages(String tenant, Run of, Bytes at, int most, KeyValueStore<Bytes, byte[]> stored) {
        Granularity granularity = of.granularity();
        // The first run of a partition starts at the beginning of time, which the key cannot hold.
        int first = of.from() == Long.MIN_VALUE ? 0 : granularity.period(of.from());
        Bytes begin = PageKey.prefix(tenant, granularity, first).toKey();
        Bytes lower = at.compareTo(begin) > 0 ? at : begin;
        Bytes upper =
                PageKey.prefix(tenant, granularity, granularity.period(of.to())).toKey();
        var keys = new ArrayList<Bytes>();
        try (KeyValueIterator<Bytes, byte[]> old = stored.range(lower, upper)) {
            while (old.hasNext() && keys.size() < most) {
                keys.add(old.next().key);
            }
        }
        return keys;
    }

    /** The tenant of the first page at or after a key. */
    private static @Nullable String tenantFrom(Bytes at, KeyValueStore<Bytes, byte[]> stored) {
        Bytes end = new BytesOut().raw((byte) (HotStore.PAGE + 1)).toKey();
        try (KeyValueIterator<Bytes, byte[]> pages = stored.range(at, end)) {
            if (!pages.hasNext()) {
                return null;
            }
            Bytes key = pages.next().key;
            return key.get()[0] == HotStore.PAGE ? PageKey.tenantOf(key) : null;
        }
    }
}
