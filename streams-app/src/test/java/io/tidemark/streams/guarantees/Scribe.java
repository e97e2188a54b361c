package io.tidemark.streams.guarantees;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** Writes what an event says with Avro's own writer, in one of several producers' schemas. */
final class Scribe {
    private static final Map<Hand, Schema> REQUESTS = schemas(RequestEvent.getClassSchema());
    private static final Map<Hand, Schema> USAGE = schemas(UsageEvent.getClassSchema());

    /** A producer's way to write. */
    enum Hand {
        TODAY,
        /** Fields in the other order, null as the second branch. */
        REVERSED,
        /** Everything may be null. */
        LOOSE,
        /** Twelve fraction digits and nanoseconds. */
        FINE,
        /** Fields that do not exist yet, between the others. */
        LATER,
        /** A schema without a tenant. */
        HOMELESS
    }

    private Scribe() {}

    static Schema schema(boolean usage, Hand hand) {
        return Objects.requireNonNull((usage ? USAGE : REQUESTS).get(hand));
    }

    static byte[] write(Told told, Hand hand) {
        Schema schema = schema(told.usage, hand);
        var out = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record(told, schema), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static GenericRecord record(Told told, Schema schema) {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(told, field));
        }
        return record;
    }

    private static @Nullable Object value(Told told, Schema.Field field) {
        if (told.withheld.contains(field.name())) {
            return null;
        }
        Schema schema = present(field.schema());
        return switch (field.name()) {
            case "id" -> told.id;
            case "source" -> told.source;
            case "tenant_id" -> told.tenant;
            case "external_customer_id" -> told.customer;
            case "occurred_at" ->
                schema.getLogicalType() instanceof LogicalTypes.TimestampNanos
                        ? Math.multiplyExact(told.occurredMicros, 1_000L)
                        : told.occurredMicros;
            case "meter" -> told.meter;
            case "quantity" -> bytes(told.quantity, schema);
            case "credits" -> bytes(told.credits, schema);
            case "cost" -> bytes(told.cost, schema);
            case "currency" -> told.currency;
            case "input_tokens" -> told.tokens[0];
            case "output_tokens" -> told.tokens[1];
            case "cached_input_tokens" -> told.tokens[2];
            case "reasoning_tokens" -> told.tokens[3];
            case "latency_ms" -> told.latency;
            case "model" -> told.model;
            case "tags", "dimensions" -> told.labels;
            case "later_list" -> List.of(1L, "two", 3L);
            case "later_map" -> Map.of("k", ByteBuffer.wrap(new byte[] {1, 2}));
            default -> null;
        };
    }

    private static ByteBuffer bytes(BigDecimal amount, Schema schema) {
        int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
        return ByteBuffer.wrap(amount.setScale(scale).unscaledValue().toByteArray());
    }

    private static Schema present(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow()
                : schema;
    }

    private static Map<Hand, Schema> schemas(Schema today) {
        var schemas = new EnumMap<Hand, Schema>(Hand.class);
        schemas.put(Hand.TODAY, today);
        schemas.put(Hand.REVERSED, of(today, Scribe::flipped, true, false));
        schemas.put(Hand.LOOSE, of(today, Scribe::nullable, false, false));
        schemas.put(Hand.FINE, of(today, Scribe::finer, false, false));
        schemas.put(Hand.LATER, of(today, UnaryOperator.identity(), true, true));
        schemas.put(Hand.HOMELESS, without(today, "tenant_id"));
        return Collections.unmodifiableMap(schemas);
    }

    private static Schema of(Schema today, UnaryOperator<Schema> change, boolean reversed, boolean later) {
        var fields = new ArrayList<Schema.Field>();
        today.getFields().forEach(field -> fields.add(new Schema.Field(field.name(), change.apply(field.schema()))));
        if (reversed) {
            Collections.reverse(fields);
        }
        if (later) {
            Schema longOrText =
                    Schema.createUnion(List.of(Schema.create(Schema.Type.LONG), Schema.create(Schema.Type.STRING)));
            fields.add(3, new Schema.Field("later_list", Schema.createArray(longOrText)));
            fields.add(7, new Schema.Field("later_map", Schema.createMap(Schema.create(Schema.Type.BYTES))));
            fields.add(0, new Schema.Field("later_null", Schema.create(Schema.Type.NULL)));
        }
        return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
    }

    private static Schema without(Schema today, String name) {
        var fields = new ArrayList<Schema.Field>();
        today.getFields().stream()
                .filter(field -> !field.name().equals(name))
                .forEach(field -> fields.add(new Schema.Field(field.name(), field.schema())));
        return Schema.createRecord(today.getName(), null, today.getNamespace(), false, fields);
    }

    private static Schema flipped(Schema schema) {
        if (!schema.isUnion()) {
            return schema;
        }
        var branches = new ArrayList<>(schema.getTypes());
        Collections.reverse(branches);
        return Schema.createUnion(branches);
    }

    private static Schema nullable(Schema schema) {
        return schema.isUnion() ? schema : Schema.createUnion(List.of(Schema.create(Schema.Type.NULL), schema));
    }

    private static Schema finer(Schema schema) {
        var logical = new HashMap<Class<?>, Schema>();
        logical.put(
                LogicalTypes.Decimal.class, LogicalTypes.decimal(60, 12).addToSchema(Schema.create(Schema.Type.BYTES)));
        logical.put(
                LogicalTypes.TimestampMicros.class,
                LogicalTypes.timestampNanos().addToSchema(Schema.create(Schema.Type.LONG)));
        return schema.getLogicalType() == null
                ? schema
                : logical.getOrDefault(schema.getLogicalType().getClass(), schema);
    }
}
