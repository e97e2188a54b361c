package io.tidemark.streams.requestlog;

import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;

/**
 * Which rows a commit brought of one second of a tenant: an index by time that costs a record for each second of a tenant that a
 * commit brings requests of, or for a thousand of them, and that names every row, so that what has aged is deleted without being looked for.
 *
 * <p>Key: {@code [0x02][tenant][seconds left, int64][place of the first of them]}; the tenant ends in a zero byte. Value: layout 1; of each row its
 * customer, ending in a zero byte, microseconds in the second, source, partition, offset. The key {@code [0x02][tenant]}, and
 * the same with a zero byte, are there from a tenant's first request on: tenants are found by them. There are two because an iterator is always
 * one entry ahead: so it steps over nothing that was deleted behind them or before.
 */
final class SecondBlock {
    static final byte[] TENANT = {1};

    static final int MOST_ROWS = 1_000;

    private static final byte LAYOUT = 1;
    private static final long MICROS = 1_000_000;

    private final String tenant;
    private final Place first;
    private final BytesOut rows = new BytesOut().raw(LAYOUT);
    private int count;

    /** With no row yet. */
    SecondBlock(String tenant, Place first) {
        this.tenant = tenant;
        this.first = first;
    }

    boolean isOf(String other, long second) {
        return first.second() == second && tenant.equals(other);
    }

    void add(String customer, Place place) {
        add(rows, customer, place);
        count++;
    }

    /** What a block names must fit into a record of the changelog, as long as customers' ids may be. */
    boolean isFull() {
        return count >= MOST_ROWS;
    }

    private static void add(BytesOut rows, String customer, Place place) {
        rows.terminated(customer)
                .number(place.occurredAt() - place.second() * MICROS)
                .raw(place.source().code())
                .number(place.partition())
                .number(place.offset());
    }

    Bytes key() {
        return first.to(Place.newestFirst(tenant(tenant), first.second())).toKey();
    }

    byte[] value() {
        return rows.toBytes();
    }

    /** The value of a block that names these rows, all of one second. */
    static byte[] value(List<RowKey> rows) {
        var out = new BytesOut().raw(LAYOUT);
        rows.forEach(row -> add(out, row.customer(), row.place()));
        return out.toBytes();
    }

    /** The rows that a block names, in no order. */
    static List<RowKey> rows(byte[] key, byte[] value) {
        var of = new BytesIn(key, 1);
        String tenant = of.terminated();
        long start = (Long.MAX_VALUE - of.int64()) * MICROS;
        var rows = new ArrayList<RowKey>();
        var in = new BytesIn(value).version(LAYOUT);
        while (!in.atEnd()) {
            String customer = in.terminated();
            var place = new Place(start + in.number(), Source.of(in.raw()), Math.toIntExact(in.number()), in.number());
            rows.add(new RowKey(tenant, customer, place));
        }
        return rows;
    }

    static String tenantOf(Bytes key) {
        return new BytesIn(key.get(), 1).terminated();
    }

    static long secondOf(byte[] key) {
        var in = new BytesIn(key, 1);
        in.terminated();
        return Long.MAX_VALUE - in.int64();
    }

    /** The first of the keys that say that a tenant has a log: before all its blocks. */
    static Bytes tenantKey(String tenant) {
        return tenant(tenant).toKey();
    }

    /** Both of them. */
    static List<Bytes> tenantKeys(String tenant) {
        return List.of(tenantKey(tenant), tenant(tenant).raw((byte) 0).toKey());
    }

    /** Before all blocks of a tenant of a second or one before it, and behind those of all after it. */
    static Bytes from(String tenant, long second) {
        return Place.newestFirst(tenant(tenant), second).toKey();
    }

    /** Behind all blocks of a tenant, before the next tenant's key. */
    static Bytes afterTenant(String tenant) {
        return tenant(tenant).raw((byte) 0xff).toKey();
    }

    private static BytesOut tenant(String tenant) {
        return new BytesOut().raw(LogStore.SECOND).terminated(tenant);
    }
}
