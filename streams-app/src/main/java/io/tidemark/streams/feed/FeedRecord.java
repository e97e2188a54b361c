package io.tidemark.streams.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.events.MeterTotals;
import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.pages.MonthTotals;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
    /** How a month is written. */
    private static final String MONTH = "yyyy-mm";

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

    /** The month at the end of a key, after the last slash; empty where none is. */
    static Optional<YearMonth> month(String key) {
        int slash = key.length() - MONTH.length() - 1;
        if (slash < 0 || key.charAt(slash) != '/') {
            return Optional.empty();
        }
        int[] digits = new int[MONTH.length()];
        for (int i = 0; i < digits.length; i++) {
            char is = key.charAt(slash + 1 + i);
            boolean good = MONTH.charAt(i) == '-' ? is == '-' : is >= '0' && is <= '9';
            if (!good) {
                return Optional.empty();
            }
            digits[i] = is - '0';
        }
        int year = 1_000 * digits[0] + 100 * digits[1] + 10 * digits[2] + digits[3];
        int month = 10 * digits[5] + digits[6];
        return month < 1 || month > 12 ? Optional.empty() : Optional.of(YearMonth.of(year, month));
    }

    /** What stands before the month that a key has. */
    static String customer(String key) {
        return key.substring(0, key.length() - MONTH.length() - 1);
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

    /** What a record says, of this release's writing or an earlier one's. */
    static MonthUsage usage(GenericRecord record) {
        var meters = new TreeMap<Series, Sums>();
        for (Object one : (List<?>) record.get("totals")) {
            var totals = (GenericRecord) one;
            EventKind kind = kind(text(totals, "kind"));
            var meter = new Series(kind, text(totals, "meter"), "", "");
            meters.merge(meter, sums(kind, totals), Sums::plus);
        }
        return new MonthUsage(
                meters.entrySet().stream()
                        .map(one ->
                                new MeterUsage(one.getKey().kind(), one.getKey().meter(), one.getValue()))
                        .toList(),
                (long) record.get("version"),
                text(record, "position"),
                Instant.EPOCH.plus((long) record.get("as_of"), ChronoUnit.MICROS));
    }

    private static Sums sums(EventKind kind, GenericRecord totals) {
        long events = (long) totals.get("count");
        Object currency = totals.get("currency");
        SortedMap<String, BigDecimal> cost = currency == null
                ? Collections.emptySortedMap()
                : new TreeMap<>(Map.of(currency.toString(), amount(totals, "cost")));
        return new Sums(
                events,
                tokens(totals, "input_tokens"),
                tokens(totals, "output_tokens"),
                tokens(totals, "cached_input_tokens"),
                tokens(totals, "reasoning_tokens"),
                kind == EventKind.REQUEST ? BigDecimal.valueOf(events) : amount(totals, "quantity"),
                amount(totals, "credits"),
                cost);
    }

    private static EventKind kind(String label) {
        return EventKind.REQUEST.label().equals(label) ? EventKind.REQUEST : EventKind.USAGE;
    }

    private static String text(GenericRecord record, String field) {
        return record.get(field).toString();
    }

    private static BigInteger tokens(GenericRecord totals, String field) {
        return BigInteger.valueOf((long) totals.get(field));
    }

    private static BigDecimal amount(GenericRecord totals, String field) {
        ByteBuffer unscaled = ((ByteBuffer) totals.get(field)).duplicate();
        byte[] bytes = new byte[unscaled.remaining()];
        unscaled.get(bytes);
        return new BigDecimal(new BigInteger(bytes), SCALE);
    }
}
