package io.tidemark.streams.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.events.MeterTotals;
import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.pages.MonthTotals;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The records of {@code usage-feed}.
 *
 * <p>Generic, because a sum may have more digits than the 38 its schema promises (a few events of the largest amounts are
 * enough): Avro's generated classes would refuse to write it, and the feed would stop. Readers get the exact value.
 */
final class FeedRecord {
    private static final int SCALE = 9;
    private static final BigInteger LARGEST_COUNT = BigInteger.valueOf(Long.MAX_VALUE);
    private static final int MICROS = 1_000;

    private final PublicRecords<GenericRecord> records = PublicRecords.generic(UsageTotals.getClassSchema());

    /** A customer's month as it is now, {@code progress} being how far its partition is. */
    Record<byte[], byte[]> of(
            Untold.Month of, SortedMap<Series, Sums> totals, List<Progress> progress, int schemaId, long timestamp) {
        String month = MonthTotals.calendar(of.month()).toString();
        var value = new GenericData.Record(UsageTotals.getClassSchema());
        value.put("tenant_id", of.tenant());
        value.put("external_customer_id", of.customer());
        value.put("month", month);
        value.put("version", version(totals));
        value.put("position", Position.of(progress).token());
        value.put("as_of", newest(progress) * MICROS);
        value.put("totals", totals.entrySet().stream().map(FeedRecord::toAvro).toList());
        var headers = new RecordHeaders();
        return new Record<>(key(of), records.encode(value, schemaId, headers), timestamp, headers);
    }

    /** Says that there is no such customer's month. */
    static Record<byte[], byte[]> gone(Untold.Month of, long timestamp) {
        return new Record<>(key(of), null, timestamp);
    }

    private static byte[] key(Untold.Month of) {
        return (of.tenant() + "/" + of.customer() + "/" + MonthTotals.calendar(of.month())).getBytes(UTF_8);
    }

    /** How many events are counted in it: grows with every event, and with nothing else. */
    private static long version(SortedMap<Series, Sums> totals) {
        return totals.values().stream().mapToLong(Sums::count).sum();
    }

    private static long newest(List<Progress> progress) {
        return progress.stream().mapToLong(Progress::appendedAt).max().orElse(0);
    }

    private static GenericRecord toAvro(Map.Entry<Series, Sums> entry) {
        Series series = entry.getKey();
        Sums sums = entry.getValue();
        var meter = new GenericData.Record(MeterTotals.getClassSchema());
        meter.put("kind", series.kind().label());
        meter.put("meter", series.meter());
        meter.put("currency", series.currency().isEmpty() ? null : series.currency());
        meter.put("count", sums.count());
        meter.put("quantity", decimal(series.kind() == EventKind.REQUEST ? null : sums.quantity()));
        meter.put("credits", decimal(sums.credits()));
        meter.put("cost", decimal(sums.cost().get(series.currency())));
        meter.put("input_tokens", count(sums.inputTokens()));
        meter.put("output_tokens", count(sums.outputTokens()));
        meter.put("cached_input_tokens", count(sums.cachedInputTokens()));
        meter.put("reasoning_tokens", count(sums.reasoningTokens()));
        return meter;
    }

    private static ByteBuffer decimal(@Nullable BigDecimal amount) {
        BigDecimal exact = amount == null ? BigDecimal.ZERO : amount;
        return ByteBuffer.wrap(exact.setScale(SCALE).unscaledValue().toByteArray());
    }

    /** Nine million events of the most tokens one may have reach it. */
    private static long count(BigInteger tokens) {
        return tokens.min(LARGEST_COUNT).longValueExact();
    }
}
