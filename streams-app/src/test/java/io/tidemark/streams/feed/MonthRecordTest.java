package io.tidemark.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.MeterTotals;
import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.PublicRecords;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Amounts.OfRequest;
import io.tidemark.streams.event.Amounts.OfUsage;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.Position;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What is written is, byte for byte, what Avro's own writer makes of it, whatever fields the schema comes to have. */
class MonthRecordTest {
    private static final int SCHEMA_ID = 0x01020304;
    private static final int MONTH = 12 * 56 + 10;
    private static final long NOW = 1_790_000_000_123L;

    private final MonthRecord records = new MonthRecord();
    private final PublicRecords<GenericRecord> avro = PublicRecords.generic(UsageTotals.getClassSchema());
    private final List<Progress> progress = List.of(handled(Source.REQUESTS, 7_000_000_000L), handled(Source.USAGE, 5));
    private final Random random = new Random(1);

    private static Progress handled(Source source, long offset) {
        var one = Progress.none(source, 3);
        one.handled(offset, NOW - offset % 1_000, Fate.COUNTED);
        return one;
    }

    @Test
    void writesWhatAvroWrites() {
        for (int round = 0; round < 2_000; round++) {
            var totals = new TreeMap<Series, Amounts>();
            for (int series = random.nextInt(4); series > 0; series--) {
                totals.put(series(), amounts());
            }
            totals.replaceAll((series, sums) -> sized(series, sums));
            same(new Untold.Month("acme", "Ünïcode 客户 " + round, MONTH), totals);
        }
    }

    @Test
    void writesAMonthWithNothingInIt() {
        same(new Untold.Month("acme", "", MONTH), new TreeMap<>());
    }

    @Test
    void writesAsManyTokensAsTheFieldTakes() {
        var sums = new Amounts(OfRequest.SIZE);
        sums.add(OfRequest.COUNT, 1);
        sums.add(OfRequest.INPUT_TOKENS, BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(3));
        same(new Untold.Month("acme", "a", MONTH), new TreeMap<>(Map.of(request("USD"), sums)));
    }

    private void same(Untold.Month month, SortedMap<Series, Amounts> totals) {
        records.begin(progress, SCHEMA_ID, NOW);
        var written = records.of(month, totals);

        var headers = new RecordHeaders();
        assertThat(written.value()).isEqualTo(avro.encode(asAvro(month, totals), SCHEMA_ID, headers));
        assertThat(written.headers()).isEqualTo(headers);
        assertThat(written.key()).asString().isEqualTo("acme/" + month.customer() + "/2026-11");
        assertThat(written.timestamp()).isEqualTo(NOW);
    }

    private GenericRecord asAvro(Untold.Month month, SortedMap<Series, Amounts> totals) {
        var value = new GenericData.Record(UsageTotals.getClassSchema());
        value.put("tenant_id", month.tenant());
        value.put("external_customer_id", month.customer());
        value.put("month", "2026-11");
        value.put(
                "version",
                totals.values().stream()
                        .mapToLong(sums -> sums.small(OfRequest.COUNT))
                        .sum());
        value.put("position", Position.of(progress).token());
        value.put("as_of", NOW * 1_000);
        value.put("totals", totals.entrySet().stream().map(this::meter).toList());
        return value;
    }

    private GenericRecord meter(Map.Entry<Series, Amounts> of) {
        Series series = of.getKey();
        Amounts sums = of.getValue();
        boolean request = series.kind() == EventKind.REQUEST;
        var meter = new GenericData.Record(MeterTotals.getClassSchema());
        meter.put("kind", request ? "request" : "usage");
        meter.put("meter", series.meter());
        meter.put("currency", series.currency().isEmpty() ? null : series.currency());
        meter.put("count", sums.small(OfRequest.COUNT));
        meter.put("quantity", bytes(request ? BigInteger.ZERO : sums.get(OfUsage.QUANTITY)));
        meter.put("credits", bytes(sums.get(request ? OfRequest.CREDITS : OfUsage.CREDITS)));
        BigInteger cost = sums.get(request ? OfRequest.COST : OfUsage.COST);
        meter.put("cost", bytes(series.currency().isEmpty() ? BigInteger.ZERO : cost));
        meter.put("input_tokens", request ? tokens(sums, OfRequest.INPUT_TOKENS) : 0L);
        meter.put("output_tokens", request ? tokens(sums, OfRequest.OUTPUT_TOKENS) : 0L);
        meter.put("cached_input_tokens", request ? tokens(sums, OfRequest.CACHED_INPUT_TOKENS) : 0L);
        meter.put("reasoning_tokens", request ? tokens(sums, OfRequest.REASONING_TOKENS) : 0L);
        return meter;
    }

    private static ByteBuffer bytes(BigInteger unscaled) {
        return ByteBuffer.wrap(unscaled.toByteArray());
    }

    private static long tokens(Amounts sums, int at) {
        return sums.get(at).min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
    }

    private Series series() {
        String currency = random.nextBoolean() ? "USD" : "";
        return random.nextBoolean()
                ? request(currency)
                : new Series(EventKind.USAGE, "meter-" + random.nextInt(3), "", currency);
    }

    private static Series request(String currency) {
        return new Series(EventKind.REQUEST, EventKind.REQUESTS_METER, "", currency);
    }

    private Amounts amounts() {
        var sums = new Amounts(OfRequest.SIZE);
        sums.add(OfRequest.COUNT, 1 + random.nextInt(1_000_000));
        for (int i = 1; i < sums.size(); i++) {
            // Of every length, beyond a long as well; what is negative only where corrections can be.
            BigInteger any = new BigInteger(random.nextInt(100), random);
            sums.add(i, random.nextInt(4) == 0 && i >= OfRequest.CREDITS ? any.negate() : any);
        }
        return sums;
    }

    /** A usage event has fewer amounts than a request. */
    private static Amounts sized(Series series, Amounts sums) {
        if (series.kind() == EventKind.REQUEST) {
            return sums;
        }
        var fewer = new Amounts(OfUsage.SIZE);
        fewer.add(OfUsage.COUNT, sums.get(OfRequest.COUNT));
        fewer.add(OfUsage.QUANTITY, sums.get(OfRequest.CREDITS));
        fewer.add(OfUsage.CREDITS, sums.get(OfRequest.COST));
        fewer.add(OfUsage.COST, sums.get(OfRequest.CREDITS));
        return fewer;
    }
}
