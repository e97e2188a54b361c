package io.tidemark.streams.intake;

import io.tidemark.streams.event.EventKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The fields we read, by their names on the wire.
 *
 * <p>A field with a mark above zero is content: it goes into the content hash under that mark, which is therefore final.
 */
enum Field {
    ID("id", Type.TEXT, 0),
    SOURCE("source", Type.TEXT, 0),
    TENANT("tenant_id", Type.TEXT, 0),
    CUSTOMER("external_customer_id", Type.TEXT, 0),
    OCCURRED_AT("occurred_at", Type.INSTANT, 0),
    METER("meter", Type.TEXT, 1),
    QUANTITY("quantity", Type.DECIMAL, 2),
    CREDITS("credits", Type.DECIMAL, 3),
    COST("cost", Type.DECIMAL, 4),
    CURRENCY("currency", Type.TEXT, 5),
    INPUT_TOKENS("input_tokens", Type.COUNT, 6),
    OUTPUT_TOKENS("output_tokens", Type.COUNT, 7),
    CACHED_INPUT_TOKENS("cached_input_tokens", Type.COUNT, 8),
    REASONING_TOKENS("reasoning_tokens", Type.COUNT, 9),
    LATENCY("latency_ms", Type.COUNT, 10),
    OPERATION("operation", Type.LABEL, 11),
    PROVIDER("provider", Type.LABEL, 12),
    MODEL("model", Type.LABEL, 13),
    FLOW("flow", Type.LABEL, 14),
    ENVIRONMENT("environment", Type.LABEL, 15),
    STATUS("status", Type.LABEL, 16),
    TAGS("tags", Type.LABELS, 17),
    DIMENSIONS("dimensions", Type.LABELS, 18);

    /** What a field holds. */
    enum Type {
        TEXT,
        /** A text that is not counted by: only its content matters. */
        LABEL,
        LABELS,
        COUNT,
        INSTANT,
        DECIMAL
    }

    private static final Set<Field> COME_AGAIN = Set.of(SOURCE, TENANT, CUSTOMER, METER, CURRENCY);
    private static final Set<Field> COMMON = Set.of(ID, SOURCE, TENANT, CUSTOMER, OCCURRED_AT, CREDITS, COST, CURRENCY);
    private static final Set<Field> OF_USAGE = Set.of(METER, QUANTITY, DIMENSIONS);

    private static final List<Field> REQUIRED = List.of(ID, TENANT, CUSTOMER, OCCURRED_AT);
    private static final List<Field> REQUIRED_OF_USAGE = List.of(ID, TENANT, CUSTOMER, OCCURRED_AT, METER, QUANTITY);

    private final String wireName;
    private final Type type;
    private final int mark;

    Field(String wireName, Type type, int mark) {
        this.wireName = wireName;
        this.type = type;
        this.mark = mark;
    }

    String wireName() {
        return wireName;
    }

    Type type() {
        return type;
    }

    int mark() {
        return mark;
    }

    /** Whether many events have the same text in it. */
    boolean comesAgain() {
        return COME_AGAIN.contains(this);
    }

    /** The fields an event of that kind has. */
    static List<Field> of(EventKind kind) {
        return Arrays.stream(values())
                .filter(field -> COMMON.contains(field) || OF_USAGE.contains(field) == (kind == EventKind.USAGE))
                .toList();
    }

    /** The fields without which an event of that kind says nothing. */
    static List<Field> requiredOf(EventKind kind) {
        return kind == EventKind.USAGE ? REQUIRED_OF_USAGE : REQUIRED;
    }
}
