package io.tidemark.streams.intake;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.fixtures.Fields;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A producer with a schema of its own: other orders, other types, fields nobody knows. */
@NullMarked
final class RandomWriter {
    private final Random random;
    private int names;

    RandomWriter(Random random) {
        this.random = random;
    }

    Schema schema(EventKind kind, Schema today) {
        var fields = new ArrayList<Schema.Field>();
        for (Field field : Field.of(kind)) {
            if (Field.requiredOf(kind).contains(field) || random.nextInt(5) > 0) {
                fields.add(new Schema.Field(field.wireName(), optional(known(field))));
            }
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.add(new Schema.Field(name("unknown"), any(0)));
        }
        Collections.shuffle(fields, random);
        return Fields.record(today, fields);
    }

    private Schema known(Field field) {
        return switch (field.type()) {
            case TEXT, LABEL -> plain(random.nextInt(4) == 0 ? Schema.Type.BYTES : Schema.Type.STRING);
            case LABELS -> Schema.createMap(plain(random.nextInt(4) == 0 ? Schema.Type.BYTES : Schema.Type.STRING));
            case COUNT -> plain(random.nextBoolean() ? Schema.Type.INT : Schema.Type.LONG);
            case INSTANT ->
                switch (random.nextInt(5)) {
                    case 0 -> LogicalTypes.timestampMillis().addToSchema(plain(Schema.Type.LONG));
                    case 1 -> LogicalTypes.timestampNanos().addToSchema(plain(Schema.Type.LONG));
                    case 2 -> plain(random.nextBoolean() ? Schema.Type.LONG : Schema.Type.INT);
                    default -> LogicalTypes.timestampMicros().addToSchema(plain(Schema.Type.LONG));
                };
            case DECIMAL -> decimal();
        };
    }

    private Schema decimal() {
        int scale = List.of(0, 2, 9, 9, 12).get(random.nextInt(5));
        if (random.nextInt(3) == 0) {
            Schema fixed = Schema.createFixed(name("fixed"), null, null, 8 + random.nextInt(17));
            return LogicalTypes.decimal(18, scale).addToSchema(fixed);
        }
        return random.nextInt(6) == 0
                ? plain(Schema.Type.BYTES)
                : LogicalTypes.decimal(38, scale).addToSchema(plain(Schema.Type.BYTES));
    }

    private Schema optional(Schema schema) {
        return switch (random.nextInt(4)) {
            case 0 -> Schema.createUnion(plain(Schema.Type.NULL), schema);
            case 1 -> Schema.createUnion(schema, plain(Schema.Type.NULL));
            case 2 -> Schema.createUnion(schema);
            default -> schema;
        };
    }

    /** A schema of any type Avro has. */
    private Schema any(int depth) {
        return switch (random.nextInt(depth > 3 ? 9 : 14)) {
            case 0 -> plain(Schema.Type.NULL);
            case 1 -> plain(Schema.Type.BOOLEAN);
            case 2 -> plain(Schema.Type.INT);
            case 3 -> plain(Schema.Type.LONG);
            case 4 -> plain(Schema.Type.FLOAT);
            case 5 -> plain(Schema.Type.DOUBLE);
            case 6 -> plain(random.nextBoolean() ? Schema.Type.STRING : Schema.Type.BYTES);
            case 7 -> Schema.createFixed(name("fixed"), null, null, random.nextInt(9));
            case 8 -> Schema.createEnum(name("enum"), null, null, List.of("A", "B", "C"));
            case 9, 10 -> Schema.createArray(any(depth + 1));
            case 11 -> Schema.createMap(any(depth + 1));
            case 12 ->
                Schema.createUnion(
                        plain(Schema.Type.NULL),
                        plain(Schema.Type.LONG),
                        Schema.createArray(any(depth + 1)),
                        record(depth));
            default -> record(depth);
        };
    }

    private Schema record(int depth) {
        var fields = new ArrayList<Schema.Field>();
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(new Schema.Field(name("field"), any(depth + 1)));
        }
        return Schema.createRecord(name("Record"), null, null, false, fields);
    }

    private static Schema plain(Schema.Type type) {
        return Schema.create(type);
    }

    private String name(String of) {
        return of + names++;
    }

    /** Some value of any schema. */
    @Nullable
    Object value(Schema schema) {
        return switch (schema.getType()) {
            case NULL -> null;
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(100);
            case LONG -> random.nextBoolean() ? random.nextLong() : random.nextInt(100);
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case STRING -> text();
            case BYTES -> bytes(schema);
            case FIXED -> new GenericData.Fixed(schema, fixed(schema));
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().get(random.nextInt(3)));
            case ARRAY -> values(schema.getElementType());
            case MAP -> entries(schema.getValueType());
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case RECORD -> record(schema);
        };
    }

    GenericData.Record record(Schema schema) {
        var record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    private ByteBuffer bytes(Schema schema) {
        return ByteBuffer.wrap(
                schema.getLogicalType() == null
                        ? text().getBytes(StandardCharsets.UTF_8)
                        : new BigInteger(random.nextInt(126), random)
                                .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1))
                                .toByteArray());
    }

    private byte[] fixed(Schema schema) {
        byte[] bytes = new byte[schema.getFixedSize()];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<@Nullable Object> values(Schema schema) {
        var values = new ArrayList<@Nullable Object>();
        for (int i = random.nextInt(20); i > 0; i--) {
            values.add(value(schema));
        }
        return values;
    }

    private Map<String, @Nullable Object> entries(Schema schema) {
        var entries = new HashMap<String, @Nullable Object>();
        for (int i = random.nextInt(8); i > 0; i--) {
            entries.put(text(), value(schema));
        }
        return entries;
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(List.of((int) 'a', (int) 'b', (int) '/', 0xe9, 0x20ac, 0x1f600)
                    .get(random.nextInt(6)));
        }
        return text.toString();
    }
}
