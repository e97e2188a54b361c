package io.tidemark.streams.customers;

import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotStore;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;

/** Which series a customer has, inside its task: of those seen of late out of memory, where they have no more than that holds. */
public final class RecentSeries {
    private final KeyValueStore<Bytes, byte[]> hot;
    private final SeenCustomers recent;

    private RecentSeries(KeyValueStore<Bytes, byte[]> hot, SeenCustomers recent) {
        this.hot = hot;
        this.recent = recent;
    }

    /** Of a step that has the hot store and that of {@link Register#recentlySeen}. */
    public static RecentSeries of(ProcessingContext context) {
        return new RecentSeries(context.getStateStore(HotStore.NAME), context.getStateStore(SeenCustomers.NAME));
    }

    /** All of them; not to be changed. */
    public Set<Series> of(String tenant, String customer) {
        SeenCustomers.Seen seen = recent.find(tenant, customer);
        if (seen == null) {
            return KnownSeries.of(hot, tenant, customer);
        }
        if (!seen.hasAll()) {
            seen.all(KnownSeries.of(hot, tenant, customer));
        }
        return seen.hasAll() ? seen.series() : KnownSeries.of(hot, tenant, customer);
    }
}
