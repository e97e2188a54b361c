package io.tidemark.streams.requestlog;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of a row: {@code [0x01][tenant][customer]}, both ending in a zero byte, then {@code [time left, int64][source][partition, int32][offset
 * left, int64]}, where what is left is counted from the largest number there is: a customer's requests are one range, the newest first.
 */
record RowKey(String tenant, String customer, Place place) {

    Bytes toBytes(BytesOut out) {
        return place.to(customer(out, tenant, customer)).toKey();
    }

    Bytes toBytes() {
        return toBytes(new BytesOut());
    }

    static RowKey of(byte[] key) {
        var in = new BytesIn(key, 1);
        return new RowKey(in.terminated(), in.terminated(), Place.in(in));
    }

    /** Before all rows of a customer. */
    static Bytes first(String tenant, String customer) {
        return customer(new BytesOut(), tenant, customer).toKey();
    }

    /** Before all rows of a customer that occurred at or before an instant, and behind all that occurred after it. */
    static Bytes from(String tenant, String customer, long micros) {
        return Place.newestFirst(customer(new BytesOut(), tenant, customer), micros)
                .toKey();
    }

    /** Behind all rows of a customer. */
    static Bytes last(String tenant, String customer) {
        return customer(new BytesOut(), tenant, customer).raw((byte) 0xff).toKey();
    }

    private static BytesOut customer(BytesOut out, String tenant, String customer) {
        return out.clear().raw(LogStore.ROW).terminated(tenant).terminated(customer);
    }
}
