package io.tidemark.streams.customers;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.utils.Bytes;

/**
 * What the hot path knows of a customer. Instants are append times, UTC milliseconds since 1970-01-01.
 *
 * <p>Key: {@code [0x01][tenant][customer]}, both ending in a zero byte. Value: layout 2, sighted at (0: the directory was
 * never told), first seen, last seen, deleted at (0: it is not); layout 1 lacks the last.
 *
 * @param sightedAt the event the directory was last told of
 * @param lastSeenAt precise to {@link #PRECISION}: the record is not rewritten for every event
 * @param deletedAt when the directory deleted it, by the directory's clock
 */
public record HotCustomer(long sightedAt, long firstSeenAt, long lastSeenAt, long deletedAt) {
    /** How old {@code lastSeenAt} may be before it is renewed, in milliseconds. */
    static final long PRECISION = 3_600_000;

    private static final byte WITHOUT_DELETION = 1;
    private static final byte LAYOUT = 2;

    /** A customer of whom nothing is known but an event to come. */
    static HotCustomer unseen(long at) {
        return new HotCustomer(0, at, at, 0);
    }

    /** Whether the directory should hear of an event: it does not know the customer, or lately not, or deleted it. */
    boolean mustBeSighted(long at) {
        return sightedAt == 0 || at >= lastSeenAt + PRECISION || (deletedAt > 0 && at >= deletedAt);
    }

    /** This customer after an event that the directory is told of. */
    HotCustomer sighted(long at) {
        long stillDeleted = at >= deletedAt ? 0 : deletedAt;
        return new HotCustomer(at, Math.min(firstSeenAt, at), Math.max(lastSeenAt, at), stillDeleted);
    }

    /** This customer after an event that is older than the first we knew of. */
    HotCustomer firstSeenAt(long at) {
        return new HotCustomer(sightedAt, at, lastSeenAt, deletedAt);
    }

    /** This customer as the directory says it is: deleted at that time, or at 0 not deleted. */
    HotCustomer deletedAt(long at) {
        return new HotCustomer(sightedAt, firstSeenAt, lastSeenAt, at);
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
                .number(deletedAt)
                .toBytes();
    }

    public static HotCustomer decode(byte[] value) {
        if (value[0] == WITHOUT_DELETION) {
            var in = new BytesIn(value, 1);
            return new HotCustomer(in.number(), in.number(), in.number(), 0);
        }
        var in = new BytesIn(value).version(LAYOUT);
        return new HotCustomer(in.number(), in.number(), in.number(), in.number());
    }
}
