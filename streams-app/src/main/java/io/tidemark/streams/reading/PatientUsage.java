package io.tidemark.streams.reading;

import io.tidemark.schemas.EventKey;
import java.util.Set;

/** Usage that is waited for until it contains the position that was asked for, and read within {@link ReadPool}'s bounds. */
public final class PatientUsage implements HeldUsage {
    private final HeldUsage usage;
    private final Awaited awaited;
    private final int partitions;

    public PatientUsage(HeldUsage usage, ReadPool pool, Awaited awaited, int partitions) {
        this.usage = pool.reading(usage);
        this.awaited = awaited;
        this.partitions = partitions;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(CustomerQuestion asked) {
        int partition = new EventKey(asked.tenant(), asked.externalId()).partition(partitions);
        return awaited.after(
                asked.waiting(),
                Set.of(partition),
                () -> usage.ofCustomer(asked.within(Wait.NOT)),
                CustomerUsage::freshness);
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(PartQuestion asked) {
        return awaited.after(
                asked.waiting(),
                asked.partitions(),
                () -> usage.byCustomer(asked.of(asked.partitions(), Wait.NOT)),
                UsageByCustomer::freshness);
    }
}
