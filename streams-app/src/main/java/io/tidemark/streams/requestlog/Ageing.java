package io.tidemark.streams.requestlog;

import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Deletes rows of before the horizon, a bounded number at a time.
 *
 * <p>Blocks name their rows, so no row is looked for. Of each tenant the oldest goes first, found from behind: what was deleted lies behind it, and
 * is not stepped over. A run goes through all tenants, from where the last one ended to where the horizon was when it began.
 */
final class Ageing {
    private static final long SECONDS_AT_ONCE = 60;

    private final KeyValueStore<Bytes, byte[]> store;
    private @Nullable Run run;

    Ageing(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** All rows of these seconds, half-open; {@code cursor} is the tenant that is next, or stands before it. */
    private record Run(long from, long to, Bytes cursor) {}

    /** Whether there is something to be deleted: not for each second that passes, as every tenant is looked at for it. */
    boolean isDue(long purged, long horizon) {
        return run != null || horizon - purged >= SECONDS_AT_ONCE;
    }

    /**
     * Deletes some of what is due.
     *
     * @param purged all rows of before this second are gone
     * @param horizon what is due is of before this second; it is in the store
     * @return up to where all rows are gone now
     */
    long someMore(long purged, long horizon, int most) {
        if (run == null && purged < horizon) {
            run = new Run(purged, horizon, SecondBlock.tenantKey(""));
        }
        int left = most;
        while (run != null && left > 0) {
            Run going = run;
            String tenant = tenantFrom(going.cursor());
            if (tenant == null) {
                run = null;
                return going.to();
            }
            int deleted = delete(tenant, going, left);
            if (deleted < left) {
                run = new Run(going.from(), going.to(), SecondBlock.afterTenant(tenant));
            }
            // A tenant costs two look-ups also when nothing of it is due.
            left -= deleted + 1;
        }
        return purged;
    }

    /** @return how many were deleted; as many as it might have been, or more, where there may be others */
    private int delete(String tenant, Run of, int most) {
        var gone = new ArrayList<KeyValue<Bytes, byte[]>>();
        Bytes newest = SecondBlock.from(tenant, of.to() - 1);
        Bytes oldest = SecondBlock.from(tenant, of.from() - 1);
        try (KeyValueIterator<Bytes, byte[]> blocks = store.reverseRange(newest, oldest)) {
            while (gone.size() < most && blocks.hasNext()) {
                var block = blocks.next();
                SecondBlock.rows(block.key.get(), block.value)
                        .forEach(row -> gone.add(KeyValue.pair(row.toBytes(), null)));
                gone.add(KeyValue.pair(block.key, null));
            }
        }
        store.putAll(gone);
        return gone.size();
    }

    private @Nullable String tenantFrom(Bytes cursor) {
        Bytes end = new BytesOut().raw((byte) (LogStore.SECOND + 1)).toKey();
        try (KeyValueIterator<Bytes, byte[]> tenants = store.range(cursor, end)) {
            Bytes next = tenants.hasNext() ? tenants.next().key : null;
            return next == null || next.get()[0] != LogStore.SECOND ? null : SecondBlock.tenantOf(next);
        }
    }
}
