package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fixtures.Fields;
import io.tidemark.streams.fixtures.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class RulesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long NOW_MICROS = NOW.toEpochMilli() * 1_000;
    private static final BigDecimal TOO_LARGE = new BigDecimal(BigInteger.TEN.pow(29));
    private static final BigDecimal SMALLEST = new BigDecimal("0.000000001");

    private final Wire wire = new Wire();
    private final Judging judging = new Judging(wire);
    private final Schema requests = loose(RequestEvent.getClassSchema());
    private final Schema usage = loose(UsageEvent.getClassSchema());

    @Test
    void acceptsAnEventOfNothingButItsIdentity() {
        assertThat(request(Fields.valid(NOW))).isEmpty();
        assertThat(usage(Fields.valid(NOW))).isEmpty();
    }

    @Test
    void wantsEveryIdentifyingField() {
        for (String name : List.of("id", "tenant_id", "external_customer_id", "occurred_at")) {
            assertThat(request(Fields.valid(NOW).with(name, null))).as(name).containsExactly(Reason.MISSING_FIELD);
            assertThat(usage(Fields.valid(NOW).with(name, null))).as(name).containsExactly(Reason.MISSING_FIELD);
        }
        for (String name : List.of("meter", "quantity")) {
            assertThat(usage(Fields.valid(NOW).with(name, null))).as(name).containsExactly(Reason.MISSING_FIELD);
        }
    }

    @Test
    void boundsAnIdTo255Bytes() {
        bad("id", Reason.INVALID_ID, "", "x".repeat(256), "\u00e9".repeat(128), "a\nb", "\u0000", "\u0085");
        good("id", "x", "x".repeat(255), "\u00e9".repeat(127) + "x", " ", "\u00a0");
    }

    @Test
    void boundsASourceTo255Bytes() {
        bad("source", Reason.INVALID_SOURCE, "x".repeat(256), "\u20ac".repeat(86), "\u007f");
        good("source", "", "x".repeat(255), "\u20ac".repeat(85));
    }

    @Test
    void wantsATenantThatCanStandInAKey() {
        bad("tenant_id", Reason.INVALID_TENANT, "", "A", "-a", "_a", "a/b", "a b", "x".repeat(64), "\u00e9", "a\n");
        good("tenant_id", "a", "0", "a-b_c", "x".repeat(63));
        bad("tenant_id", Reason.UNKNOWN_TENANT, "stranger");
    }

    @Test
    void boundsACustomerTo256Bytes() {
        bad("external_customer_id", Reason.INVALID_CUSTOMER, "", "x".repeat(257), "\u00e9".repeat(129), "\u0000", "\t");
        good("external_customer_id", "x", "/", "x".repeat(256), "\u00e9".repeat(128), "\ud83d\ude00".repeat(64));
    }

    @Test
    void wantsAMeterOfPlainLetters() {
        for (String meter : List.of("", "a b", "m".repeat(65), "\u00e9", "a/b", "a\n")) {
            assertThat(usage(Fields.valid(NOW).with("meter", meter))).as(meter).containsExactly(Reason.INVALID_METER);
        }
        for (String meter : List.of("m", "A.b:c-d_9", "m".repeat(64), "requests")) {
            assertThat(usage(Fields.valid(NOW).with("meter", meter))).as(meter).isEmpty();
        }
    }

    @Test
    void wantsACurrencyWhereThereIsACost() {
        bad("currency", Reason.INVALID_CURRENCY, "usd", "US", "EURO", "U1D", "US\n");
        good("currency", "", "USD", "XXX");
        assertThat(request(Fields.valid(NOW).with("cost", SMALLEST))).containsExactly(Reason.CURRENCY_MISSING);
        assertThat(request(Fields.valid(NOW).with("cost", SMALLEST.negate()))).containsExactly(Reason.CURRENCY_MISSING);
        assertThat(request(Fields.valid(NOW).with("cost", TOO_LARGE.subtract(SMALLEST))))
                .containsExactly(Reason.CURRENCY_MISSING);
        assertThat(request(Fields.valid(NOW).with("cost", SMALLEST).with("currency", "USD")))
                .isEmpty();
    }

    @Test
    void boundsAmountsTo29DigitsBeforeThePoint() {
        for (String name : List.of("quantity", "credits", "cost")) {
            for (BigDecimal sign : List.of(BigDecimal.ONE, BigDecimal.ONE.negate())) {
                Fields event = Fields.valid(NOW).with("currency", "USD");
                BigDecimal largest = TOO_LARGE.subtract(SMALLEST).multiply(sign);
                assertThat(usage(event.with(name, largest))).as(name).isEmpty();
                assertThat(usage(event.with(name, TOO_LARGE.multiply(sign))))
                        .as(name)
                        .containsExactly(Reason.TOO_LARGE);
            }
        }
    }

    @Test
    void refusesATenthFractionDigitAndNeverRounds() {
        Schema fine = Fields.changed(
                requests,
                "credits",
                type -> LogicalTypes.decimal(60, 12).addToSchema(Schema.create(Schema.Type.BYTES)));
        Fields event = Fields.valid(NOW);
        assertThat(judging.reasons(
                        wire.frame(
                                fine,
                                event.with("credits", new BigDecimal("0.0000000001"))
                                        .write(fine)),
                        NOW))
                .containsExactly(Reason.TOO_PRECISE);
        assertThat(judging.reasons(
                        wire.frame(
                                fine,
                                event.with("credits", new BigDecimal("-1.000000001000"))
                                        .write(fine)),
                        NOW))
                .isEmpty();
    }

    @Test
    void boundsCountsFromZeroToATrillion() {
        for (String name : List.of("input_tokens", "output_tokens", "cached_input_tokens", "reasoning_tokens")) {
            bad(name, Reason.NEGATIVE_COUNT, -1L, Long.MIN_VALUE);
            bad(name, Reason.TOO_LARGE, 1_000_000_000_001L, Long.MAX_VALUE);
            good(name, 0L, 1_000_000_000_000L);
        }
        bad("latency_ms", Reason.NEGATIVE_COUNT, -1L);
        good("latency_ms", 0L, Long.MAX_VALUE, null);
    }

    @Test
    void acceptsFrom35DaysBeforeTo5MinutesAfterTheAppend() {
        long late = 35L * 86_400_000_000L;
        long early = 5L * 60_000_000L;
        bad("occurred_at", Reason.TOO_OLD, NOW_MICROS - late - 1, 0L, Long.MIN_VALUE);
        good("occurred_at", NOW_MICROS - late, NOW_MICROS - late + 1, NOW_MICROS + early - 1, NOW_MICROS + early);
        bad("occurred_at", Reason.IN_THE_FUTURE, NOW_MICROS + early + 1, Long.MAX_VALUE);
    }

    @Test
    void listsAllFaultsAtOnce() {
        Fields event = new Fields()
                .with("id", "")
                .with("source", "\n")
                .with("tenant_id", "A")
                .with("external_customer_id", "")
                .with("occurred_at", 0L)
                .with("input_tokens", -1L)
                .with("output_tokens", Long.MAX_VALUE)
                .with("latency_ms", -1L)
                .with("credits", TOO_LARGE)
                .with("cost", TOO_LARGE)
                .with("currency", null);
        assertThat(request(event))
                .containsExactlyInAnyOrder(
                        Reason.INVALID_ID,
                        Reason.INVALID_SOURCE,
                        Reason.INVALID_TENANT,
                        Reason.INVALID_CUSTOMER,
                        Reason.TOO_LARGE,
                        Reason.TOO_LARGE,
                        Reason.NEGATIVE_COUNT,
                        Reason.TOO_LARGE,
                        Reason.NEGATIVE_COUNT,
                        Reason.CURRENCY_MISSING,
                        Reason.TOO_OLD);
    }

    private void bad(String name, Reason reason, @Nullable Object... values) {
        for (Object value : values) {
            assertThat(request(Fields.valid(NOW).with(name, value)))
                    .as("%s=%s", name, value)
                    .containsExactly(reason);
        }
    }

    private void good(String name, @Nullable Object... values) {
        for (Object value : values) {
            assertThat(request(Fields.valid(NOW).with(name, value)))
                    .as("%s=%s", name, value)
                    .isEmpty();
        }
    }

    private List<Reason> request(Fields event) {
        return judging.reasons(wire.frame(requests, event.write(requests)), NOW);
    }

    private List<Reason> usage(Fields event) {
        return judging.usage(wire.frame(usage, event.write(usage)), NOW).stream()
                .map(Fault::reason)
                .toList();
    }

    /** A writer's schema in which everything may be null. */
    private static Schema loose(Schema today) {
        var fields = new ArrayList<Schema.Field>();
        for (Schema.Field field : today.getFields()) {
            Schema type =
                    field.schema().getType() == Schema.Type.MAP ? field.schema() : Fields.nullable(field.schema());
            Object none = type.isUnion() ? Schema.Field.NULL_DEFAULT_VALUE : field.defaultVal();
            fields.add(new Schema.Field(field.name(), type, null, none));
        }
        return Fields.record(today, fields);
    }
}
