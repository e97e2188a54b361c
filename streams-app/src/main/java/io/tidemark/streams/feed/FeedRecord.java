package io.tidemark.streams.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.pages.MonthTotals;
import io.tidemark.streams.reading.MeterUsage;
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
import org.apache.avro.generic.GenericRecord;

/** The records of {@code usage-feed} as they are read; {@link MonthRecord} writes them. */
final class FeedRecord {
    private static final int SCALE = 9;
    /** How a month is written. */
    private static final String MONTH = "yyyy-mm";

    private FeedRecord() {}

    /** The key of a customer's month. */
    static byte[] key(Untold.Month of) {
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
