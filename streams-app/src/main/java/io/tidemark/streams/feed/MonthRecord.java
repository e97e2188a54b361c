package io.tidemark.streams.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Amounts.OfRequest;
import io.tidemark.streams.event.Amounts.OfUsage;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.pages.MonthTotals;
import io.tidemark.streams.reading.Position;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes the records of {@code usage-feed}: byte for byte what Avro's own writer makes of {@link UsageTotals} (Avro 1.12, "Binary Encoding"), out of stored units and without
 * an object for a field, since there may be nearly as many as there are events.
 *
 * <p>A sum may have more digits than the 38 its schema promises (a few events of the largest amounts are enough): readers get the exact value.
 */
final class MonthRecord {
    private static final long MICROS = 1_000;
    private static final byte NULL = 0;
    private static final byte NOT_NULL = 1;

    private final PublicRecords<GenericRecord> records = PublicRecords.generic(UsageTotals.getClassSchema());
    private final BytesOut out = new BytesOut();
    private byte[] position = {};
    private long asOf;
    private int schemaId;
    private long timestamp;

    /**
     * All records until this is called again are of that moment.
     *
     * @param progress how far the partition is
     * @param schema of the values in the registry
     * @param now UTC milliseconds
     */
    void begin(List<Progress> progress, int schema, long now) {
        position = Position.of(progress).token().getBytes(UTF_8);
        asOf = progress.stream().mapToLong(Progress::appendedAt).max().orElse(0) * MICROS;
        schemaId = schema;
        timestamp = now;
    }

    /** A customer's month as it is now. */
    Record<byte[], byte[]> of(Untold.Month of, SortedMap<Series, Amounts> totals) {
        out.clear().raw(WireFormat.MAGIC).int32(schemaId);
        out.counted(of.tenant()).counted(of.customer());
        out.counted(MonthTotals.calendar(of.month()).toString());
        out.number(version(totals)).counted(position).number(asOf);
        if (!totals.isEmpty()) {
            out.number(totals.size());
            totals.forEach(this::meter);
        }
        out.number(0);
        var headers = new RecordHeaders();
        records.sign(headers);
        return new Record<>(FeedRecord.key(of), out.toBytes(), timestamp, headers);
    }

    /** Says that there is no such customer's month. */
    static Record<byte[], byte[]> gone(Untold.Month of, long timestamp) {
        return new Record<>(FeedRecord.key(of), null, timestamp);
    }

    /** How many events are counted in it: grows with every event, and with nothing else. */
    private static long version(SortedMap<Series, Amounts> totals) {
        long events = 0;
        for (Map.Entry<Series, Amounts> one : totals.entrySet()) {
            events = Math.addExact(events, count(one.getKey(), one.getValue()));
        }
        return events;
    }

    private static long count(Series series, Amounts sums) {
        return sums.get(series.kind() == EventKind.REQUEST ? OfRequest.COUNT : OfUsage.COUNT)
                .longValueExact();
    }

    private void meter(Series series, Amounts sums) {
        out.counted(series.kind().label()).counted(series.meter());
        boolean hasCurrency = !series.currency().isEmpty();
        if (hasCurrency) {
            out.number(NOT_NULL).counted(series.currency());
        } else {
            out.number(NULL);
        }
        out.number(count(series, sums));
        if (series.kind() == EventKind.REQUEST) {
            decimal(0);
            decimal(sums, OfRequest.CREDITS);
            cost(hasCurrency, sums, OfRequest.COST);
            tokens(sums, OfRequest.INPUT_TOKENS);
            tokens(sums, OfRequest.OUTPUT_TOKENS);
            tokens(sums, OfRequest.CACHED_INPUT_TOKENS);
            tokens(sums, OfRequest.REASONING_TOKENS);
        } else {
            decimal(sums, OfUsage.QUANTITY);
            decimal(sums, OfUsage.CREDITS);
            cost(hasCurrency, sums, OfUsage.COST);
            out.number(0).number(0).number(0).number(0);
        }
    }

    private void cost(boolean hasCurrency, Amounts sums, int at) {
        if (hasCurrency) {
            decimal(sums, at);
        } else {
            decimal(0);
        }
    }

    private void decimal(Amounts sums, int at) {
        if (sums.isSmall(at)) {
            decimal(sums.small(at));
        } else {
            out.counted(sums.get(at).toByteArray());
        }
    }

    /** Two's complement, the highest byte first, in as few as will do, as {@link BigInteger#toByteArray}. */
    private void decimal(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value < 0 ? ~value : value);
        int bytes = bits / Byte.SIZE + 1;
        out.number(bytes);
        for (int shift = Byte.SIZE * (bytes - 1); shift >= 0; shift -= Byte.SIZE) {
            out.raw((byte) (value >> shift));
        }
    }

    /** Nine million events of the most tokens one may have are more than the field takes. */
    private void tokens(Amounts sums, int at) {
        if (sums.isSmall(at)) {
            out.number(sums.small(at));
        } else {
            out.number(Long.MAX_VALUE);
        }
    }
}
