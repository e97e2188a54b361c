package io.tidemark.streams.intake;

import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schemas.AvroTrust;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.intake.SentFields.NoEvent;
import io.tidemark.streams.intake.SentFields.Unusable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SentFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123456Z");

    static {
        AvroTrust.establish();
    }

    private final Wire wire = new Wire();

    @Test
    void areWhatOurOwnSchemasSay() {
        var event = request("r", "ann", NOW)
                .setModel("gpt-x")
                .setInputTokens(-7)
                .setCost(amount("1.5"))
                .setCurrency("usd")
                .setTags(Map.of("a", "b"))
                .build();
        SentFields sent = SentFields.read(event.getSchema(), wire.frame(event));
        assertThat(sent.kind()).isEqualTo(EventKind.REQUEST);
        assertThat(sent.fields())
                .containsEntry("id", "r")
                .containsEntry("model", "gpt-x")
                .containsEntry("input_tokens", -7L)
                .containsEntry("occurred_at", NOW)
                .containsEntry("cost", new BigDecimal("1.500000000"))
                .containsEntry("currency", "usd")
                .containsEntry("tags", Map.of("a", "b"))
                .doesNotContainKeys("source", "provider", "latency_ms");
    }

    @Test
    void areOfTheKindThatWasWrittenWhicheverTopicItCameTo() {
        var event = usage("u", "ann", NOW, "2").build();
        assertThat(SentFields.read(event.getSchema(), wire.frame(event)).kind()).isEqualTo(EventKind.USAGE);
        assertThat(SentFields.has(EventKind.USAGE, "meter")).isTrue();
        assertThat(SentFields.has(EventKind.REQUEST, "meter")).isFalse();
    }

    @Test
    void areReadInTheWritersOwnUnitsAndNeverTakenForWhatTheyAreNot() {
        Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
        Schema cents = LogicalTypes.decimal(20, 2).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema writer = SchemaBuilder.record("UsageEvent")
                .fields()
                .requiredLong("id")
                .requiredString("tenant_id")
                .requiredBytes("external_customer_id")
                .name("occurred_at")
                .type(millis)
                .noDefault()
                .requiredString("meter")
                .name("quantity")
                .type(cents)
                .noDefault()
                .requiredDouble("credits")
                .requiredString("of_theirs")
                .endRecord();
        GenericRecord event = new GenericRecordBuilder(writer)
                .set("id", 42L)
                .set("tenant_id", "acme")
                .set("external_customer_id", ByteBuffer.wrap("ann".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .set("occurred_at", NOW.toEpochMilli())
                .set("meter", "m")
                .set("quantity", ByteBuffer.wrap(new byte[] {125}))
                .set("credits", 0.5)
                .set("of_theirs", "x")
                .build();
        assertThat(SentFields.read(writer, wire.frame(writer, encoded(event))).fields())
                .containsEntry("id", "42")
                .containsEntry("external_customer_id", "ann")
                .containsEntry("occurred_at", Instant.ofEpochMilli(NOW.toEpochMilli()))
                .containsEntry("quantity", new BigDecimal("1.25"))
                .containsEntry("credits", Unusable.VALUE)
                .doesNotContainKey("of_theirs");
    }

    @Test
    void areNoneWhereTheBytesAreNoEvent() {
        var event = usage("u", "ann", NOW, "2").build();
        byte[] whole = wire.frame(event);
        Schema invoice =
                SchemaBuilder.record("Invoice").fields().requiredString("id").endRecord();
        assertThatThrownBy(() -> SentFields.read(event.getSchema(), Arrays.copyOf(whole, whole.length - 2)))
                .isInstanceOf(NoEvent.class);
        assertThatThrownBy(() -> SentFields.read(event.getSchema(), Arrays.copyOf(whole, whole.length + 2)))
                .isInstanceOf(NoEvent.class);
        assertThatThrownBy(() -> SentFields.read(invoice, whole)).isInstanceOf(NoEvent.class);
        byte[] huge = new byte[64];
        Arrays.fill(huge, (byte) 0xff);
        assertThatThrownBy(() -> SentFields.read(event.getSchema(), huge)).isInstanceOf(NoEvent.class);
    }

    private static byte[] encoded(GenericRecord event) {
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
