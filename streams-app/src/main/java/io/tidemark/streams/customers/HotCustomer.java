package io.tidemark.streams.customers;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.utils.Bytes;

/**
 * What the hot path knows of a customer. Instants are append times, UTC milliseconds since 1970-01-01.
 *
 * <p>Key: {@code [0x01][tenant][customer]}, both ending in a zero byte. Value: layout 1, sighted at (0: the directory was
 * never told), first seen, last seen.
 *
 * @param lastSeenAt precise to {@link #PRECISION}: the record is not rewritten for every event
 */
public record HotCustomer(long sightedAt, long firstSeenAt, long lastSeenAt) {
    /** How old {@code lastSeenAt} may be before it is renewed, in milliseconds. */
    static final long PRECISION = 3_600_000;

    private static final byte LAYOUT = 1;

    static HotCustomer firstSeen(long at) {
        return new HotCustomer(0, at, at);
    }

    /** Whether an event says anything of this customer that is worth writing down. */
    boolean isNews(long at) {
        return at >= lastSeenAt + PRECISION || at < firstSeenAt;
    }

    /** This customer after another event. */
    HotCustomer seen(long at) {
        return new HotCustomer(sightedAt, Math.min(firstSeenAt, at), Math.max(lastSeenAt, at));
    }

    public static Bytes key(String tenant, String customer) {
        return new BytesOut()
                .raw(HotStore.CUSTOMER)
                .terminated(tenant)
                .terminated(customer)
                .toKey();
    }

    byte[] encode() {
        return new BytesOut()
                .raw(LAYOUT)
                .number(sightedAt)
                .number(firstSeenAt)
                .number(lastSeenAt)
                .toBytes();
    }

    static HotCustomer decode(byte[] value) {
        var in = new BytesIn(value).version(LAYOUT);
        return new HotCustomer(in.number(), in.number(), in.number());
    }
}
