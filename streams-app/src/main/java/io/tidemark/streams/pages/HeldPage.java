package io.tidemark.streams.pages;

import io.tidemark.streams.hot.BytesOut;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;

/** A page that is held decoded, and whose it is. */
final class HeldPage implements Slots.Hashed {
    private static final int HEAP_BYTES = 64;

    private final PageOwner owner;
    private final Granularity granularity;
    private final int period;
    private final Page page;
    private boolean changed;
    private int heldSince;

    HeldPage(PageOwner owner, Granularity granularity, int period, Page page) {
        this.owner = owner;
        this.granularity = granularity;
        this.period = period;
        this.page = page;
    }

    static int hash(PageOwner owner, Granularity granularity, int period) {
        return (owner.hash() * 31 + granularity.code()) * 31 + period;
    }

    @Override
    public int hash() {
        return hash(owner, granularity, period);
    }

    boolean is(PageOwner ofOwner, Granularity ofGranularity, int ofPeriod) {
        return owner == ofOwner && period == ofPeriod && granularity == ofGranularity;
    }

    /** Of which generation it is; negative: of none. */
    void heldSince(int generation) {
        heldSince = generation;
    }

    boolean isHeldSince(int generation) {
        return heldSince == generation;
    }

    Granularity granularity() {
        return granularity;
    }

    PageOwner owner() {
        return owner;
    }

    Page page() {
        return page;
    }

    /** Whether pages of this granularity and time have passed. */
    boolean hasPassed(Horizon horizon) {
        return horizon.hasPassed(granularity, granularity.start(period));
    }

    /** Says whether it is the first change since it was last written. */
    boolean change() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    /** What is to be written of it; it is unchanged then. */
    KeyValue<Bytes, byte[]> written(BytesOut out) {
        changed = false;
        return KeyValue.pair(owner.key(granularity, period), page.encode(out));
    }

    int heapBytes() {
        return HEAP_BYTES + page.heapBytes();
    }
}
