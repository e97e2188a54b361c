package io.tidemark.streams.customers;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;

/**
 * What the hot path knows of a customer. Instants are append times, UTC milliseconds since 1970-01-01.
 *
 * <p>Key: {@code [0x01][tenant][customer]}, both ending in a zero byte. Value: layout 1, sighted at (0: the directory was
 * never told), first seen, last seen, number of series, then for each its kind, meter, group and currency.
 *
 * @param lastSeenAt precise to {@link #PRECISION}: the record is not rewritten for every event
 */
public record HotCustomer(long sightedAt, long firstSeenAt, long lastSeenAt, SortedSet<Series> series) {
    /** How old {@code lastSeenAt} may be before it is renewed, in milliseconds. */
    static final long PRECISION = 3_600_000;

    private static final byte LAYOUT = 1;

    public HotCustomer {
        series = Collections.unmodifiableSortedSet(new TreeSet<>(series));
    }

    static HotCustomer firstSeen(long at, Series series) {
        return new HotCustomer(0, at, at, new TreeSet<>(java.util.Set.of(series)));
    }

    /** Whether an event says anything of this customer that is worth writing down. */
    boolean isNews(long at, Series in) {
        return !series.contains(in) || at >= lastSeenAt + PRECISION || at < firstSeenAt;
    }

    /** This customer after another event. */
    HotCustomer seen(long at, Series in) {
        var more = new TreeSet<>(series);
        more.add(in);
        return new HotCustomer(sightedAt, Math.min(firstSeenAt, at), Math.max(lastSeenAt, at), more);
    }

    public static Bytes key(String tenant, String customer) {
        return new BytesOut()
                .raw(HotStore.CUSTOMER)
                .terminated(tenant)
                .terminated(customer)
                .toKey();
    }

    byte[] encode() {
        var out = new BytesOut()
                .raw(LAYOUT)
                .number(sightedAt)
                .number(firstSeenAt)
                .number(lastSeenAt)
                .number(series.size());
        for (Series one : series) {
            out.raw(one.kind().code()).counted(one.meter()).counted(one.group()).counted(one.currency());
        }
        return out.toBytes();
    }

    public static HotCustomer decode(byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        long sightedAt = in.number();
        long firstSeenAt = in.number();
        long lastSeenAt = in.number();
        var series = new TreeSet<Series>();
        for (long left = in.number(); left > 0; left--) {
            series.add(new Series(EventKind.of(in.raw()), in.counted(), in.counted(), in.counted()));
        }
        return new HotCustomer(sightedAt, firstSeenAt, lastSeenAt, series);
    }
}
