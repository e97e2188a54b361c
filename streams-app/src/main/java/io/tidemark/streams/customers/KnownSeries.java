package io.tidemark.streams.customers;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotStore;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which series a customer has: one key each, so that a customer of many meters costs no more per event than one of few.
 *
 * <p>Key: {@code [0x05][tenant][customer][kind][meter][group][currency, 3 bytes]}, texts ending in a zero byte. Value:
 * layout 1 alone.
 */
public final class KnownSeries {
    static final byte[] VALUE = {1};

    private static final byte[] NO_CURRENCY = new byte[3];

    private KnownSeries() {}

    static Bytes key(String tenant, String customer, Series series) {
        String currency = series.currency();
        return prefix(tenant, customer)
                .raw(series.kind().code())
                .terminated(series.meter())
                .terminated(series.group())
                .raw(currency.isEmpty() ? NO_CURRENCY : currency.getBytes(US_ASCII))
                .toKey();
    }

    /** Every series of a customer, as it was last flushed. */
    public static SortedSet<Series> of(HotReads reads, int partition, String tenant, String customer) {
        var found = new TreeSet<Series>();
        Bytes from = prefix(tenant, customer).toKey();
        int tail = from.get().length;
        reads.scan(partition, from, end(tenant, customer), (key, value) -> found.add(series(new BytesIn(key, tail))));
        return found;
    }

    /** Every series of a customer, as it is inside its task. */
    public static SortedSet<Series> of(KeyValueStore<Bytes, byte[]> hot, String tenant, String customer) {
        var found = new TreeSet<Series>();
        Bytes from = prefix(tenant, customer).toKey();
        int tail = from.get().length;
        try (KeyValueIterator<Bytes, byte[]> entries = hot.range(from, end(tenant, customer))) {
            entries.forEachRemaining(entry -> found.add(series(new BytesIn(entry.key.get(), tail))));
        }
        return found;
    }

    /** Kinds are small numbers: nothing of this customer stands behind this key. */
    private static Bytes end(String tenant, String customer) {
        return prefix(tenant, customer).raw((byte) 0x7f).toKey();
    }

    private static Series series(BytesIn in) {
        EventKind kind = EventKind.of(in.raw());
        String meter = in.terminated();
        String group = in.terminated();
        byte[] currency = in.raw(NO_CURRENCY.length);
        return new Series(kind, meter, group, currency[0] == 0 ? "" : new String(currency, US_ASCII));
    }

    private static BytesOut prefix(String tenant, String customer) {
        return new BytesOut().raw(HotStore.SERIES).terminated(tenant).terminated(customer);
    }
}
