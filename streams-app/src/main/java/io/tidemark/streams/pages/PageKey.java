package io.tidemark.streams.pages;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of a page, time-major: {@code [0x02][tenant][granularity][period, int32][customer][kind][meter][group][currency,
 * 3 bytes]}; texts end in a zero byte, the currency is three zeros where there is none.
 *
 * <p>So all customers of a period are one contiguous scan in the order of their ids, and a period that is purged is one
 * contiguous range; one customer's pages are point gets anyway. The three granularities share everything behind the
 * period.
 */
record PageKey(String tenant, Granularity granularity, int period, String customer, Series series) {
    private static final byte[] NO_CURRENCY = new byte[3];

    Bytes toBytes() {
        var out = prefix(tenant, granularity, period)
                .terminated(customer)
                .raw(series.kind().code())
                .terminated(series.meter())
                .terminated(series.group());
        String currency = series.currency();
        return out.raw(currency.isEmpty() ? NO_CURRENCY : currency.getBytes(StandardCharsets.US_ASCII))
                .toKey();
    }

    /** What every page key of a period begins with. */
    static BytesOut prefix(String tenant, Granularity granularity, int period) {
        return new BytesOut()
                .raw(HotStore.PAGE)
                .terminated(tenant)
                .raw(granularity.code())
                .int32(period);
    }

    /**
     * Keys that stand before every page of a granularity, and are no pages. A scan ends at the first key behind its end, and
     * Kafka's iterator has by then stepped to the one after it: where the oldest pages behind it were purged, these two
     * are there for that, so it need not look for others behind all their tombstones.
     */
    static List<Bytes> wall(String tenant, Granularity granularity) {
        var first = new BytesOut().raw(HotStore.PAGE).terminated(tenant).raw(granularity.code());
        Bytes front = first.toKey();
        return List.of(front, first.raw((byte) 0).toKey());
    }

    /** A key behind every page of a period that is the customer's, and before the next customer's: ids have no control character. */
    static Bytes behind(String tenant, Granularity granularity, int period, String customer) {
        return prefix(tenant, granularity, period)
                .raw(customer.getBytes(StandardCharsets.UTF_8))
                .raw((byte) 1)
                .toKey();
    }

    /** A key behind every page of a tenant: granularity codes are far below 0x7f. */
    static Bytes after(String tenant) {
        return new BytesOut()
                .raw(HotStore.PAGE)
                .terminated(tenant)
                .raw((byte) 0x7f)
                .toKey();
    }

    /** The tenant of a page key. */
    static String tenantOf(Bytes key) {
        return new BytesIn(key.get(), 1).terminated();
    }

    /** The period of a page key of that tenant. */
    static int periodOf(byte[] key, int tenantBytes) {
        return new BytesIn(key, 1 + tenantBytes + 1 + 1).int32();
    }

    /** Where what stands behind the period begins in a page key of a tenant. */
    static int tailFrom(int tenantBytes) {
        return 1 + tenantBytes + 1 + 1 + Integer.BYTES;
    }

    /** Where the zero byte is that ends the text which begins there. */
    static int endOfText(byte[] key, int from) {
        int to = from;
        while (key[to] != 0) {
            to++;
        }
        return to;
    }

    /** What stands behind the period in a page key of that tenant. */
    static Tail tailOf(byte[] key, int tenantBytes) {
        var in = new BytesIn(key, tailFrom(tenantBytes));
        String customer = in.terminated();
        return new Tail(customer, seriesOf(key, in.at()));
    }

    /** The series that a page key ends with, from there on. */
    static Series seriesOf(byte[] key, int from) {
        var in = new BytesIn(key, from);
        EventKind kind = EventKind.of(in.raw());
        String meter = in.terminated();
        String group = in.terminated();
        byte[] currency = in.raw(3);
        return new Series(kind, meter, group, currency[0] == 0 ? "" : new String(currency, StandardCharsets.US_ASCII));
    }

    /** Whose page it is, of which series. */
    record Tail(String customer, Series series) {}
}
