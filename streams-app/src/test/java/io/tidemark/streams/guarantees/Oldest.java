package io.tidemark.streams.guarantees;

import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.HotStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.utils.Bytes;

/** What the oldest things are that a machine still keeps, read from the stored keys. */
record Oldest(Machine machine) {
    private static final byte DAY = 2;
    private static final byte HOUR = 3;

    /** When the oldest hour begins of which there still is a page. */
    Instant hourPage() {
        return Instant.EPOCH.plus(page(HOUR), ChronoUnit.HOURS);
    }

    Instant dayPage() {
        return Instant.EPOCH.plus(page(DAY), ChronoUnit.DAYS);
    }

    /** When the first id arrived of the oldest slice that is sealed. */
    Instant id() {
        try (var ids = machine.seen().range(Bytes.wrap(new byte[] {1, 0, 0}), null)) {
            // Layout, ids, blocks, buckets, and then the first arrival.
            var slice = new BytesIn(ids.next().value, 1);
            slice.skipNumbers(3);
            return Instant.ofEpochMilli(slice.number());
        }
    }

    private int page(byte granularity) {
        int oldest = Integer.MAX_VALUE;
        try (var pages = machine.hot().range(key(HotStore.PAGE), key(HotStore.PURGED))) {
            while (pages.hasNext()) {
                oldest = Math.min(oldest, period(pages.next().key.get(), granularity));
            }
        }
        return oldest;
    }

    /** Of a page of that granularity; of everything else what is older than nothing. */
    private static int period(byte[] key, byte granularity) {
        if (key.length == 1) {
            return Integer.MAX_VALUE;
        }
        int at = 1 + new BytesIn(key, 1).terminated().length() + 1;
        // Shorter ones are no pages.
        boolean asked = key[at] == granularity && key.length > at + 1 + Integer.BYTES;
        return asked ? new BytesIn(key, at + 1).int32() : Integer.MAX_VALUE;
    }

    private static Bytes key(byte first) {
        return Bytes.wrap(new byte[] {first});
    }
}
