package io.tidemark.streams.intake;

import io.tidemark.schemas.WireFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * All that a value says, whatever its schema, as plain values to be shown: exact decimals as text, timestamps as {@link Instant}, whole
 * numbers as {@link Long}, other bytes as base64, maps and records as maps in the order of their schema.
 *
 * <p>Walks the bytes as the hot path does, so that those who lie about their lengths cost nothing here either. What is counted
 * is never read this way.
 */
public final class PlainFields {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 100_000;
    /** Turning a number into digits takes the square of their number. */
    private static final int MOST_DECIMAL_BITS = 4_096;
    /** Of all texts together: a few bytes may name a long symbol, or a decimal of thousands of digits, very often. */
    private static final int MOST_CHARACTERS = 4 << 20;

    private final AvroCursor in;
    private int values;

    private int characters;

    private PlainFields(AvroCursor in) {
        this.in = in;
    }

    /**
     * The fields of a framed value.
     *
     * @throws NotWhole when the bytes are not what the schema says, or too many to be shown
     */
    public static Map<String, @Nullable Object> of(Schema writer, byte[] framed) {
        var plain = new PlainFields(new AvroCursor().over(framed, WireFormat.HEADER_BYTES));
        try {
            return plain.fields(writer);
        } catch (AvroCursor.Malformed e) {
            throw new NotWhole(String.valueOf(e.getMessage()));
        }
    }

    private Map<String, @Nullable Object> fields(Schema writer) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (writer.getType() == Schema.Type.RECORD) {
            putFields(writer, fields, 0);
        } else {
            fields.put("value", value(writer, 0));
        }
        if (in.remaining() > 0) {
            throw new AvroCursor.Malformed(in.remaining() + " bytes follow the end of the value");
        }
        return fields;
    }

    private void putFields(Schema writer, Map<String, @Nullable Object> into, int depth) {
        if (writer.getFields().isEmpty()) {
            in.nothing();
        }
        for (Schema.Field field : writer.getFields()) {
            into.put(told(field.name()), value(field.schema(), depth + 1));
        }
    }

    private @Nullable Object value(Schema writer, int depth) {
        if (depth > DEEPEST || ++values > MOST_VALUES) {
            throw new AvroCursor.Malformed(
                    depth > DEEPEST
                            ? "it nests deeper than " + DEEPEST
                            : "it has more than " + MOST_VALUES + " values");
        }
        return switch (writer.getType()) {
            case NULL -> {
                in.nothing();
                yield null;
            }
            case BOOLEAN -> in.readByte() != 0;
            case INT, LONG -> whole(in.readLong(), writer.getLogicalType());
            case FLOAT -> Float.toString(Float.intBitsToFloat((int) littleEndian(Float.BYTES)));
            case DOUBLE -> Double.toString(Double.longBitsToDouble(littleEndian(Double.BYTES)));
            case STRING -> told(in.readText());
            case ENUM -> told(symbol(writer.getEnumSymbols()));
            case BYTES -> bytes(in.readLength(), writer.getLogicalType());
            case FIXED -> bytes(fixed(writer.getFixedSize()), writer.getLogicalType());
            case ARRAY -> list(writer.getElementType(), depth);
            case MAP -> map(writer.getValueType(), depth);
            case UNION ->
                value(writer.getTypes().get(Skip.branch(in, writer.getTypes().size())), depth + 1);
            case RECORD -> {
                Map<String, @Nullable Object> nested = new LinkedHashMap<>();
                putFields(writer, nested, depth);
                yield nested;
            }
        };
    }

    /** A text that is to be shown, as long as all of them together are not too long. */
    private String told(String text) {
        characters += text.length();
        if (characters > MOST_CHARACTERS) {
            throw new AvroCursor.Malformed("it is too long to be shown");
        }
        return text;
    }

    private static Object whole(long value, @Nullable LogicalType type) {
        if (type instanceof LogicalTypes.TimestampMicros) {
            return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
        } else if (type instanceof LogicalTypes.TimestampMillis) {
            return Instant.ofEpochMilli(value);
        } else if (type instanceof LogicalTypes.TimestampNanos) {
            return Instant.EPOCH.plusNanos(value);
        }
        return value;
    }

    private String symbol(List<String> symbols) {
        long index = in.readLong();
        if (index < 0 || index >= symbols.size()) {
            throw new AvroCursor.Malformed("an enum has no symbol " + index);
        }
        return symbols.get((int) index);
    }

    private int fixed(int size) {
        if (size == 0) {
            in.nothing();
        }
        return size;
    }

    private String bytes(int length, @Nullable LogicalType type) {
        int from = in.at();
        in.skip(length);
        if (type instanceof LogicalTypes.Decimal decimal && length > 0) {
            return told(decimal(new BigInteger(in.bytes(), from, length), decimal.getScale()));
        }
        return told(Base64.getEncoder().encodeToString(Arrays.copyOfRange(in.bytes(), from, from + length)));
    }

    /** As answers write decimals: all digits, none of them idle, no exponent. */
    private static String decimal(BigInteger unscaled, int scale) {
        if (unscaled.bitLength() > MOST_DECIMAL_BITS || scale > MOST_DECIMAL_BITS) {
            throw new AvroCursor.Malformed("a decimal has too many digits to be shown");
        }
        return new BigDecimal(unscaled, scale).stripTrailingZeros().toPlainString();
    }

    private long littleEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in.readByte() & 0xffL) << (Byte.SIZE * i);
        }
        return value;
    }

    private List<@Nullable Object> list(Schema element, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (long count = Skip.itemsOfBlock(in); count != 0; count = Skip.itemsOfBlock(in)) {
            for (long i = 0; i < count; i++) {
                list.add(value(element, depth + 1));
            }
        }
        return list;
    }

    private Map<String, @Nullable Object> map(Schema value, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (long count = Skip.itemsOfBlock(in); count != 0; count = Skip.itemsOfBlock(in)) {
            for (long i = 0; i < count; i++) {
                map.put(told(in.readText()), value(value, depth + 1));
            }
        }
        return map;
    }

    /** The value cannot be shown field by field, and why. */
    public static final class NotWhole extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotWhole(String message) {
            super(message, null, false, false);
        }
    }
}
