package io.tidemark.streams.pages;

import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** A series of a customer, with what all keys of its pages have in common. */
final class PageOwner implements Slots.Hashed {
    /** Of the object, its texts and its key, beside their characters. */
    private static final int HEAP_BYTES = 240;

    private final String tenant;
    private final String customer;
    private final EventKind kind;
    private final String meter;
    private final String currency;
    private final int hash;
    /** A whole key; granularity and period are whatever they are, and begin at {@link #granularityAt}. */
    private final byte[] key;

    private final int granularityAt;

    /** The pages that were used last: of each granularity, mostly the one of the next event as well. */
    private @Nullable HeldPage month;

    private @Nullable HeldPage day;
    private @Nullable HeldPage hour;

    PageOwner(Event event) {
        tenant = event.tenant();
        customer = event.customer();
        kind = event.kind();
        meter = event.meter();
        currency = event.currency();
        hash = hash(tenant, customer, kind, meter, currency);
        key = new PageKey(tenant, Granularity.HOUR, 0, customer, Series.of(event))
                .toBytes()
                .get();
        granularityAt = PageKey.prefix(tenant, Granularity.HOUR, 0).toKey().get().length - Integer.BYTES - 1;
    }

    static int hash(String tenant, String customer, EventKind kind, String meter, String currency) {
        int hash = tenant.hashCode();
        hash = hash * 31 + customer.hashCode();
        hash = hash * 31 + kind.code();
        hash = hash * 31 + meter.hashCode();
        return hash * 31 + currency.hashCode();
    }

    @Override
    public int hash() {
        return hash;
    }

    /** Likeliest to differ first. */
    boolean is(String ofTenant, String ofCustomer, EventKind ofKind, String ofMeter, String ofCurrency) {
        return customer.equals(ofCustomer)
                && tenant.equals(ofTenant)
                && kind == ofKind
                && meter.equals(ofMeter)
                && currency.equals(ofCurrency);
    }

    boolean isOf(String ofTenant, String ofCustomer) {
        return customer.equals(ofCustomer) && tenant.equals(ofTenant);
    }

    @Nullable
    HeldPage last(Granularity granularity) {
        return switch (granularity) {
            case MONTH -> month;
            case DAY -> day;
            case HOUR -> hour;
        };
    }

    void used(HeldPage page) {
        switch (page.granularity()) {
            case MONTH -> month = page;
            case DAY -> day = page;
            case HOUR -> hour = page;
        }
    }

    /** By what stands before the granularity in their keys. */
    @SuppressWarnings("ReferenceEquality") // only where they are not the same need they be compared
    int compareTenant(PageOwner other) {
        return tenant == other.tenant
                ? 0
                : Arrays.compareUnsigned(key, 0, granularityAt, other.key, 0, other.granularityAt);
    }

    /** By what stands behind the period in their keys. */
    int compareTail(PageOwner other) {
        int from = granularityAt + 1 + Integer.BYTES;
        int otherFrom = other.granularityAt + 1 + Integer.BYTES;
        return Arrays.compareUnsigned(key, from, key.length, other.key, otherFrom, other.key.length);
    }

    Bytes key(Granularity granularity, int period) {
        byte[] whole = key.clone();
        int at = granularityAt;
        whole[at] = granularity.code();
        for (int shift = 24; shift >= 0; shift -= 8) {
            whole[++at] = (byte) (period >>> shift);
        }
        return Bytes.wrap(whole);
    }

    int heapBytes() {
        return HEAP_BYTES + 2 * key.length;
    }
}
