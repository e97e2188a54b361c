package io.tidemark.streams.intake;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What an event's producer sent, whether it is good or bad, in the fields that a new event may be made of: texts, whole numbers, instants, {@link
 * BigDecimal} and maps of texts. Walks the bytes as judging does, and takes the same types for the same fields, and numbers for texts too. What a
 * field cannot hold is {@link Unusable}, and not left out: an event without it may be good, and would be another one. Fields that nobody knows are left
 * out.
 *
 * @param kind the schema's own, whichever topic the event was sent to
 * @param fields by their names on the wire; none that says null
 */
public record SentFields(EventKind kind, Map<String, Object> fields) {
    private static final int MOST_DECIMAL_BYTES = 64;

    /** Something is there that the field cannot hold. */
    public enum Unusable {
        VALUE
    }

    public SentFields {
        fields = Map.copyOf(fields);
    }

    /**
     * Reads a framed value.
     *
     * @throws NoEvent when it is none, and why
     */
    public static SentFields read(Schema writer, byte[] framed) {
        try {
            EventKind kind = kindOf(writer);
            Map<String, Field> known = new HashMap<>();
            Field.of(kind).forEach(field -> known.put(field.wireName(), field));
            var unfolding = new Skip.Unfolding();
            var in = new AvroCursor().over(framed, WireFormat.HEADER_BYTES);
            Map<String, Object> fields = new LinkedHashMap<>();
            for (Schema.Field written : writer.getFields()) {
                @Nullable Field field = known.get(written.name());
                Object value = read(field, written.schema(), in, unfolding);
                if (value != null) {
                    fields.put(written.name(), value);
                }
            }
            if (in.remaining() > 0) {
                throw new AvroCursor.Malformed(in.remaining() + " bytes follow the end of the value");
            }
            return new SentFields(kind, fields);
        } catch (AvroCursor.Malformed | Skip.UnreadableSchema e) {
            throw new NoEvent(String.valueOf(e.getMessage()));
        }
    }

    /** Whether events of a kind have a field of that name. */
    public static boolean has(EventKind kind, String field) {
        return Field.of(kind).stream().anyMatch(one -> one.wireName().equals(field));
    }

    private static EventKind kindOf(Schema writer) {
        boolean record = writer.getType() == Schema.Type.RECORD;
        if (record && writer.getName().equals("RequestEvent")) {
            return EventKind.REQUEST;
        } else if (record && writer.getName().equals("UsageEvent")) {
            return EventKind.USAGE;
        }
        throw new NoEvent("it was written as " + writer.getFullName() + ", which is no event");
    }

    /** Null where it says null, or where nobody knows the field. */
    private static @Nullable Object read(
            @Nullable Field field, Schema writer, AvroCursor in, Skip.Unfolding unfolding) {
        if (field != null && writer.getType() == Schema.Type.UNION) {
            int branch = Skip.branch(in, writer.getTypes().size());
            return read(field, writer.getTypes().get(branch), in, unfolding);
        }
        if (field == null || !holds(field.type(), writer)) {
            unfolding.of(writer).over(in);
            return field == null || writer.getType() == Schema.Type.NULL ? null : Unusable.VALUE;
        }
        return switch (field.type()) {
            case TEXT, LABEL -> text(writer, in);
            case LABELS -> labels(in);
            case COUNT -> in.readLong();
            case INSTANT -> instant(writer, in.readLong());
            case DECIMAL -> decimal(writer, in);
        };
    }

    private static boolean holds(Field.Type type, Schema writer) {
        return switch (writer.getType()) {
            case STRING, ENUM -> type == Field.Type.TEXT || type == Field.Type.LABEL;
            case BYTES -> type == Field.Type.TEXT || type == Field.Type.LABEL || type == Field.Type.DECIMAL;
            case INT, LONG -> type != Field.Type.LABELS && type != Field.Type.DECIMAL;
            case FIXED -> type == Field.Type.DECIMAL;
            case MAP -> type == Field.Type.LABELS && isText(writer.getValueType());
            default -> false;
        };
    }

    private static boolean isText(Schema schema) {
        return schema.getType() == Schema.Type.STRING || schema.getType() == Schema.Type.BYTES;
    }

    private static String text(Schema writer, AvroCursor in) {
        return switch (writer.getType()) {
            case INT, LONG -> Long.toString(in.readLong());
            case ENUM -> {
                long index = in.readLong();
                if (index < 0 || index >= writer.getEnumSymbols().size()) {
                    throw new AvroCursor.Malformed("an enum has no symbol " + index);
                }
                yield writer.getEnumSymbols().get((int) index);
            }
            default -> in.readText();
        };
    }

    private static Map<String, String> labels(AvroCursor in) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (long count = Skip.itemsOfBlock(in); count != 0; count = Skip.itemsOfBlock(in)) {
            for (long i = 0; i < count; i++) {
                labels.put(in.readText(), in.readText());
            }
        }
        return labels;
    }

    /** Not one that no clock shows. */
    private static Object instant(Schema writer, long value) {
        try {
            if (writer.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
                return Instant.EPOCH.plus(Math.multiplyExact(value, 1_000L), ChronoUnit.MICROS);
            } else if (writer.getLogicalType() instanceof LogicalTypes.TimestampNanos) {
                return Instant.EPOCH.plus(Math.floorDiv(value, 1_000L), ChronoUnit.MICROS);
            }
            return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
        } catch (ArithmeticException | DateTimeException noClocks) {
            return Unusable.VALUE;
        }
    }

    private static Object decimal(Schema writer, AvroCursor in) {
        int length = writer.getType() == Schema.Type.FIXED ? writer.getFixedSize() : in.readLength();
        int from = in.at();
        in.skip(length);
        int scale =
                writer.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : Decimals.SCALE;
        // More digits than an amount may have take the square of their number to handle.
        return length == 0 || length > MOST_DECIMAL_BYTES
                ? Unusable.VALUE
                : new BigDecimal(new BigInteger(Arrays.copyOfRange(in.bytes(), from, from + length)), scale);
    }

    /** The value is no event of which anything could be made, and why. */
    public static final class NoEvent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoEvent(String message) {
            super(message, null, false, false);
        }
    }
}
