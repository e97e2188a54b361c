package io.tidemark.streams.pages;

import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** How many events the pages of a partition hold, of all tenants: month pages are read, as those alone are kept for ever. */
final class CountedInPages {
    private final HotReads reads;

    CountedInPages(HotReads reads) {
        this.reads = reads;
    }

    long of(int partition) {
        var counted = new LongAdder();
        Bytes at = new BytesOut().raw(HotStore.PAGE).toKey();
        for (String tenant = tenantFrom(partition, at); tenant != null; tenant = tenantFrom(partition, at)) {
            Bytes from = PageKey.prefix(tenant, Granularity.MONTH, 0).toKey();
            Bytes to =
                    PageKey.prefix(tenant, Granularity.MONTH, Integer.MAX_VALUE).toKey();
            reads.scan(partition, from, to, (key, page) -> counted.add(Page.count(page, Granularity.MONTH)));
            at = PageKey.after(tenant);
        }
        return counted.sum();
    }

    private @Nullable String tenantFrom(int partition, Bytes at) {
        Bytes end = new BytesOut().raw((byte) (HotStore.PAGE + 1)).toKey();
        byte[] key = reads.firstKey(partition, at, end);
        return key == null || key[0] != HotStore.PAGE ? null : PageKey.tenantOf(Bytes.wrap(key));
    }
}
