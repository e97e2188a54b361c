package io.tidemark.streams.pages;

import io.tidemark.streams.hot.BytesOut;
import java.util.Comparator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/** A page that is held decoded, and whose it is. */
final class HeldPage extends Page implements Slots.Hashed {
    /**
     * As their keys stand in the store, but finer ones first: whoever reads from the coarsest on finds no slot that says there is a finer page before that is
     * there.
     */
    static final Comparator<HeldPage> FINER_FIRST = HeldPage::compareKeys;

    private static final int HEAP_BYTES = 40;

    private final PageOwner owner;
    private final int period;
    private boolean changed;
    private int heldSince;

    /**
     * A stored page, or an empty one where nothing is stored.
     *
     * @param amounts of a slot; more, where more are stored
     */
    HeldPage(PageOwner owner, Granularity granularity, int period, int amounts, byte @Nullable [] stored) {
        super(granularity, amounts, stored);
        this.owner = owner;
        this.period = period;
    }

    static int hash(PageOwner owner, Granularity granularity, int period) {
        return (owner.hash() * 31 + granularity.code()) * 31 + period;
    }

    @Override
    public int hash() {
        return hash(owner, granularity(), period);
    }

    boolean is(PageOwner ofOwner, Granularity ofGranularity, int ofPeriod) {
        return owner == ofOwner && period == ofPeriod && granularity() == ofGranularity;
    }

    /** Of which generation it is; negative: of none. */
    void heldSince(int generation) {
        heldSince = generation;
    }

    boolean isHeldSince(int generation) {
        return heldSince == generation;
    }

    PageOwner owner() {
        return owner;
    }

    /** Whether pages of this granularity and time have passed. */
    boolean hasPassed(Horizon horizon) {
        return horizon.hasPassed(granularity(), granularity().start(period));
    }

    /** Says whether it is the first change since it was last written. */
    boolean change() {
        boolean first = !changed;
        changed = true;
        return first;
    }

    private static int compareKeys(HeldPage one, HeldPage other) {
        int order = one.owner.compareTenant(other.owner);
        if (order == 0) {
            order = Byte.compare(other.granularity().code(), one.granularity().code());
        }
        if (order == 0) {
            order = Integer.compareUnsigned(one.period, other.period);
        }
        return order == 0 ? one.owner.compareTail(other.owner) : order;
    }

    /** What is to be written of it; it is unchanged then. */
    KeyValue<Bytes, byte[]> written(BytesOut out) {
        changed = false;
        return KeyValue.pair(owner.key(granularity(), period), encode(out));
    }

    @Override
    int heapBytes() {
        return HEAP_BYTES + super.heapBytes();
    }
}
