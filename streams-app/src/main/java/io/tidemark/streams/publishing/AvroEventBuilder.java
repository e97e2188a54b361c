package io.tidemark.streams.publishing;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/** Makes an event's Avro record out of fields, or says all that is wrong with them. */
final class AvroEventBuilder {
    private static final int PRECISION = 38;
    private static final int SCALE = 9;

    private final SpecificRecordBase event;
    private final List<String> faults = new ArrayList<>();

    private AvroEventBuilder(EventKind kind) {
        event = kind == EventKind.REQUEST ? new RequestEvent() : new UsageEvent();
    }

    static SpecificRecordBase toAvro(EventKind kind, Map<String, ?> fields) {
        var made = new AvroEventBuilder(kind);
        made.fill(new HashMap<>(fields));
        if (!made.faults.isEmpty()) {
            throw new InvalidEvent(made.faults);
        }
        return made.event;
    }

    private void fill(Map<String, Object> fields) {
        for (Schema.Field field : event.getSchema().getFields()) {
            Object given = fields.remove(field.name());
            if (given != null) {
                Object value = convert(field, given);
                if (value != null) {
                    event.put(field.pos(), value);
                }
            } else if (field.hasDefaultValue()) {
                event.put(field.pos(), event.getSpecificData().getDefaultValue(field));
            } else {
                faults.add(field.name() + " is missing");
            }
        }
        fields.keySet().stream().sorted().forEach(name -> faults.add(name + " is no field of this event"));
    }

    private @Nullable Object convert(Schema.Field field, Object given) {
        Schema schema = field.schema();
        if (schema.isUnion()) {
            schema = schema.getTypes().get(1);
        }
        Object value = switch (schema.getType()) {
            case STRING -> given instanceof String ? given : null;
            case LONG -> schema.getLogicalType() == null ? count(given) : instant(given);
            case BYTES -> decimal(given, (LogicalTypes.Decimal) schema.getLogicalType());
            case MAP -> given instanceof Map<?, ?> map && isText(map) ? map : null;
            default -> throw new IllegalStateException("the event schemas have no " + schema);
        };
        if (value == null) {
            faults.add(field.name() + " is not " + wanted(schema));
        }
        return value;
    }

    private static @Nullable Object count(Object given) {
        return given instanceof Long || given instanceof Integer ? ((Number) given).longValue() : null;
    }

    private static @Nullable Object instant(Object given) {
        return given instanceof Instant instant ? instant.truncatedTo(ChronoUnit.MICROS) : null;
    }

    private static @Nullable Object decimal(Object given, LogicalTypes.Decimal type) {
        if (!(given instanceof BigDecimal value)) {
            return null;
        }
        BigDecimal plain = value.stripTrailingZeros();
        // In 64 bits: a scale may be as low as an int can be.
        long digits = (long) plain.precision() - plain.scale();
        boolean fits = plain.scale() <= type.getScale() && digits <= type.getPrecision() - type.getScale();
        return fits ? plain.setScale(type.getScale()) : null;
    }

    private static boolean isText(Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String && entry.getValue() instanceof String)) {
                return false;
            }
        }
        return true;
    }

    private static String wanted(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> "a text";
            case LONG -> schema.getLogicalType() == null ? "a whole number" : "an instant";
            case BYTES ->
                "a decimal of at most " + (PRECISION - SCALE) + " digits before and " + SCALE + " after the point";
            default -> "a map of texts";
        };
    }
}
