package io.tidemark.benchmarks;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.AvroTrust;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One event of each kind, filled as producers fill them: some 180 bytes on the wire. */
public final class SampleEvents {
    /** Confluent's own registry in memory, shared within the process by name. */
    public static final String REGISTRY = "mock://benchmarks";

    public static final String TOPIC = "events";
    private static final Instant AT = Instant.parse("2026-11-20T12:34:56.789012Z");

    private SampleEvents() {}

    /** When the broker took them, UTC milliseconds since 1970-01-01. */
    public static long appendedAt() {
        return AT.toEpochMilli();
    }

    public static RequestEvent request() {
        return RequestEvent.newBuilder()
                .setId("0199a000-5f1e-7c3a-9d52-2b8f6a4c1e07")
                .setTenantId("demo")
                .setExternalCustomerId("customer_12345")
                .setOccurredAt(AT)
                .setOperation("chat.completions")
                .setProvider("openai")
                .setModel("gpt-x-mini")
                .setInputTokens(1_532)
                .setOutputTokens(418)
                .setCachedInputTokens(1_024)
                .setCredits(new BigDecimal("1.250000000"))
                .setCost(new BigDecimal("0.004200000"))
                .setCurrency("USD")
                .setTags(Map.of("team", "search-quality", "feature", "summarise"))
                .build();
    }

    public static UsageEvent usage() {
        return UsageEvent.newBuilder()
                .setId("0199a000-5f1e-7c3a-9d52-2b8f6a4c1e08")
                .setTenantId("demo")
                .setExternalCustomerId("customer_12345")
                .setOccurredAt(AT)
                .setMeter("storage.gb-hours")
                .setQuantity(new BigDecimal("12.500000000"))
                .setCredits(new BigDecimal("0.500000000"))
                .setCost(new BigDecimal("0.031000000"))
                .setCurrency("USD")
                .setDimensions(Map.of("region", "eu-central-1", "class", "standard"))
                .build();
    }

    /** What a producer with Confluent's serializer puts on the wire. */
    public static byte[] onTheWire(SpecificRecord event) {
        AvroTrust.establish();
        try (var serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", REGISTRY), false);
            return serializer.serialize(TOPIC + "-" + event.getSchema().getName(), event);
        }
    }
}
