package io.tidemark.streams.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(20)
class AvroEventBuilderTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Test
    void takesTheDefaultForWhatIsNotGiven() {
        var event = (RequestEvent) AvroEventBuilder.toAvro(EventKind.REQUEST, identifying());
        assertThat(event)
                .isEqualTo(RequestEvent.newBuilder()
                        .setId("e1")
                        .setTenantId("acme")
                        .setExternalCustomerId("c1")
                        .setOccurredAt(NOW)
                        .build());
        assertThat(event.getCredits()).isEqualByComparingTo("0");
        assertThat(event.getTags()).isEmpty();
    }

    @Test
    void takesEveryFieldThatIsGiven() {
        Map<String, Object> fields = identifying();
        fields.put("meter", "storage");
        fields.put("quantity", new BigDecimal("-1.5"));
        fields.put("cost", new BigDecimal("0.0042"));
        fields.put("currency", "USD");
        fields.put("source", "api");
        fields.put("dimensions", Map.of("k", "v"));
        var event = (UsageEvent) AvroEventBuilder.toAvro(EventKind.USAGE, fields);
        assertThat(event.getMeter()).isEqualTo("storage");
        assertThat(event.getQuantity()).isEqualTo(new BigDecimal("-1.500000000"));
        assertThat(event.getCost()).isEqualTo(new BigDecimal("0.004200000"));
        assertThat(event.getCurrency()).isEqualTo("USD");
        assertThat(event.getSource()).isEqualTo("api");
        assertThat(event.getDimensions()).isEqualTo(Map.of("k", "v"));
    }

    @Test
    void takesAnIntegerForACountAndCutsNanoseconds() {
        Map<String, Object> fields = identifying();
        fields.put("input_tokens", 7);
        fields.put("latency_ms", 8L);
        fields.put("occurred_at", NOW.plusNanos(789));
        var event = (RequestEvent) AvroEventBuilder.toAvro(EventKind.REQUEST, fields);
        assertThat(event.getInputTokens()).isEqualTo(7);
        assertThat(event.getLatencyMs()).isEqualTo(8);
        assertThat(event.getOccurredAt()).isEqualTo(NOW);
    }

    @Test
    void listsAllFaultsAtOnce() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("id", 5);
        fields.put("occurred_at", "yesterday");
        fields.put("input_tokens", 1.5);
        fields.put("cost", "1");
        fields.put("tags", Map.of("k", 1));
        fields.put("meter", "storage");
        assertThatThrownBy(() -> AvroEventBuilder.toAvro(EventKind.REQUEST, fields))
                .isInstanceOfSatisfying(
                        InvalidEvent.class,
                        e -> assertThat(e.faults())
                                .containsExactly(
                                        "id is not a text",
                                        "tenant_id is missing",
                                        "external_customer_id is missing",
                                        "occurred_at is not an instant",
                                        "input_tokens is not a whole number",
                                        "cost is not a decimal of at most 29 digits before and 9 after the point",
                                        "tags is not a map of texts",
                                        "meter is no field of this event"));
    }

    @Test
    void takesDecimalsUpTo29AndNineDigits() {
        for (String decimal : List.of(
                "0", "0E+99", "1E-9", "-1E-9", "1.000000000000", "9".repeat(29) + "." + "9".repeat(9), "1E+28")) {
            var event = (RequestEvent) AvroEventBuilder.toAvro(EventKind.REQUEST, credits(decimal));
            assertThat(event.getCredits()).as(decimal).isEqualByComparingTo(decimal);
            assertThat(event.getCredits().scale()).isEqualTo(9);
        }
    }

    @Test
    void refusesDecimalsOfMoreDigitsAtOnce() {
        for (String decimal : List.of(
                "1E-10", "1E+29", "-1E+29", "1.0000000001", "1E+2147483647", "1E-2147483647", "9E+2147483646")) {
            assertThatThrownBy(() -> AvroEventBuilder.toAvro(EventKind.REQUEST, credits(decimal)))
                    .as(decimal)
                    .isInstanceOf(InvalidEvent.class);
        }
    }

    private static Map<String, Object> credits(String decimal) {
        Map<String, Object> fields = identifying();
        fields.put("credits", new BigDecimal(decimal));
        return fields;
    }

    private static Map<String, Object> identifying() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("id", "e1");
        fields.put("tenant_id", "acme");
        fields.put("external_customer_id", "c1");
        fields.put("occurred_at", NOW);
        return fields;
    }
}
