package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Fields;
import io.tidemark.streams.fixtures.Wire;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullMarked
@Timeout(20)
class PlainFieldsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    private final Wire wire = new Wire();

    @Test
    void areTextNumbersAndInstantsInTheWritersOrder() {
        Schema schema = UsageEvent.getClassSchema();
        byte[] value = wire.frame(
                schema,
                Fields.valid(NOW)
                        .with("quantity", new BigDecimal("-12.5"))
                        .with("dimensions", Map.of("region", "eu"))
                        .write(schema));
        Map<String, @Nullable Object> fields = PlainFields.of(schema, value);
        assertThat(fields.keySet())
                .containsExactlyElementsOf(
                        schema.getFields().stream().map(Schema.Field::name).toList());
        assertThat(fields)
                .containsEntry("id", "e1")
                .containsEntry("source", null)
                .containsEntry("occurred_at", NOW)
                .containsEntry("quantity", "-12.5")
                .containsEntry("credits", "0")
                .containsEntry("dimensions", Map.of("region", "eu"));
    }

    /** Avro's own reader is the oracle, whatever the schema. */
    @Test
    void areWhatAvroReads() throws IOException {
        for (long seed = 1; seed <= 500; seed++) {
            var writer = new RandomWriter(new Random(seed));
            Schema schema = writer.schema(EventKind.REQUEST, RequestEvent.getClassSchema());
            byte[] body = written(schema, writer.record(schema));
            assertThat(PlainFields.of(schema, wire.frame(schema, body)))
                    .as("seed %d", seed)
                    .isEqualTo(plain(read(schema, body), schema));
        }
    }

    @Test
    void areNotGivenWhereBytesAreNotWhatTheySay() {
        var random = new Random(7);
        Schema schema = RequestEvent.getClassSchema();
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(60)];
            random.nextBytes(body);
            try {
                PlainFields.of(schema, wire.frame(schema, body));
            } catch (PlainFields.NotWhole e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }

    @Test
    void areNotGivenWhereTheyWouldBeEndless() {
        Schema endless = Schema.createRecord("Endless", null, null, false);
        endless.setFields(List.of(new Schema.Field("again", endless)));
        assertThatThrownBy(() -> PlainFields.of(endless, wire.frame(endless, new byte[0])))
                .isInstanceOf(PlainFields.NotWhole.class);
        Schema nulls = Schema.createRecord(
                "Nulls",
                null,
                null,
                false,
                List.of(new Schema.Field("all", Schema.createArray(Schema.create(Schema.Type.NULL)))));
        byte[] many = {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 0};
        assertThatThrownBy(() -> PlainFields.of(nulls, wire.frame(nulls, many)))
                .isInstanceOf(PlainFields.NotWhole.class)
                .hasMessageContaining("100000");
    }

    private static byte[] written(Schema schema, GenericRecord record) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static GenericRecord read(Schema schema, byte[] body) throws IOException {
        return new GenericDatumReader<GenericRecord>(schema, schema, new GenericData())
                .read(null, DecoderFactory.get().binaryDecoder(body, null));
    }

    private static @Nullable Object plain(@Nullable Object value, Schema schema) {
        return switch (schema.getType()) {
            case UNION -> plain(value, schema.getTypes().get(new GenericData().resolveUnion(schema, value)));
            case RECORD -> {
                var fields = new HashMap<String, @Nullable Object>();
                var record = (GenericRecord) java.util.Objects.requireNonNull(value);
                schema.getFields()
                        .forEach(field -> fields.put(field.name(), plain(record.get(field.pos()), field.schema())));
                yield fields;
            }
            case ARRAY -> {
                var list = new ArrayList<@Nullable Object>();
                ((List<?>) java.util.Objects.requireNonNull(value))
                        .forEach(one -> list.add(plain(one, schema.getElementType())));
                yield list;
            }
            case MAP -> {
                var map = new HashMap<String, @Nullable Object>();
                ((Map<?, ?>) java.util.Objects.requireNonNull(value))
                        .forEach((key, one) -> map.put(String.valueOf(key), plain(one, schema.getValueType())));
                yield map;
            }
            case INT, LONG ->
                whole(((Number) java.util.Objects.requireNonNull(value)).longValue(), schema.getLogicalType());
            case BYTES ->
                bytes(((ByteBuffer) java.util.Objects.requireNonNull(value)).array(), schema.getLogicalType());
            case FIXED ->
                bytes(((GenericFixed) java.util.Objects.requireNonNull(value)).bytes(), schema.getLogicalType());
            case NULL, BOOLEAN -> value;
            default -> String.valueOf(value);
        };
    }

    private static Object whole(long value, @Nullable LogicalType type) {
        if (type instanceof LogicalTypes.TimestampMillis) {
            return Instant.EPOCH.plus(value, ChronoUnit.MILLIS);
        } else if (type instanceof LogicalTypes.TimestampMicros) {
            return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
        }
        return type instanceof LogicalTypes.TimestampNanos ? Instant.EPOCH.plus(value, ChronoUnit.NANOS) : value;
    }

    private static String bytes(byte[] bytes, @Nullable LogicalType type) {
        return type instanceof LogicalTypes.Decimal decimal
                ? new BigDecimal(new BigInteger(bytes), decimal.getScale())
                        .stripTrailingZeros()
                        .toPlainString()
                : Base64.getEncoder().encodeToString(bytes);
    }
}
