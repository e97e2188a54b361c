package io.tidemark.streams.intake;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What an event's bytes say, not judged yet. Mutable and used again for the next event; one task's alone. */
@SuppressWarnings("EnumOrdinal") // arrays by field, in memory only: this is the hot path
final class Draft {
    private static final int FIELDS = Field.values().length;

    private final EventKind kind;
    private final @Nullable String[] texts = new String[FIELDS];
    private final long[] numbers = new long[FIELDS];
    private final @Nullable BigInteger[] large = new BigInteger[FIELDS];
    private final boolean[] present = new boolean[FIELDS];
    private final List<Fault> faults = new ArrayList<>();
    private Map<String, String> labels = Map.of();
    private long content;
    private boolean whole = true;

    Draft(EventKind kind) {
        this.kind = kind;
    }

    void clear() {
        Arrays.fill(texts, null);
        Arrays.fill(numbers, 0);
        Arrays.fill(large, null);
        Arrays.fill(present, false);
        faults.clear();
        labels = Map.of();
        content = 0;
        whole = true;
    }

    EventKind kind() {
        return kind;
    }

    void text(Field field, String value) {
        present[field.ordinal()] = true;
        texts[field.ordinal()] = value;
    }

    void number(Field field, long value) {
        present[field.ordinal()] = true;
        numbers[field.ordinal()] = value;
        large[field.ordinal()] = null;
    }

    void number(Field field, BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            number(field, value.longValue());
        } else {
            present[field.ordinal()] = true;
            large[field.ordinal()] = value;
        }
    }

    /** One of the event's own labels, where they are kept. */
    void label(String name, String value) {
        if (labels.isEmpty()) {
            labels = new TreeMap<>();
        }
        labels.put(name, value);
    }

    /** Adds a field's share to the content hash; the order of the fields does not matter. */
    void content(long share) {
        content += share;
    }

    void fault(Field field, Reason reason, String detail) {
        faults.add(new Fault(reason, detail, field.wireName()));
    }

    /** The bytes could not be read to their end: nothing else in here means anything. */
    void unreadable(Reason reason, String detail) {
        faults.clear();
        faults.add(new Fault(reason, detail));
        whole = false;
    }

    boolean isWhole() {
        return whole;
    }

    boolean has(Field field) {
        return present[field.ordinal()];
    }

    /** A text, empty where the event has none. */
    String text(Field field) {
        String value = texts[field.ordinal()];
        return value == null ? "" : value;
    }

    /** A number that fits a {@code long}, zero where the event has none. */
    long number(Field field) {
        return numbers[field.ordinal()];
    }

    /** A number that does not fit a {@code long}. */
    @Nullable
    BigInteger large(Field field) {
        return large[field.ordinal()];
    }

    boolean isZero(Field field) {
        return numbers[field.ordinal()] == 0 && large[field.ordinal()] == null;
    }

    Map<String, String> labels() {
        return labels;
    }

    /** The content hash, folded to what is stored. */
    int contentHash() {
        return (int) (content ^ (content >>> 32));
    }

    List<Fault> faults() {
        return faults;
    }
}
