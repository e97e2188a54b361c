package io.tidemark.streams.intake;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.intake.FieldReader.Labels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Reads events that were written with one schema: a program of one step for each field of the writer, made once for each
 * schema id. Fields we do not know are stepped over. One thread's alone.
 */
final class EventReader {
    private final FieldReader[] steps;
    private final Draft draft;
    private final AvroCursor cursor = new AvroCursor();

    private EventReader(List<FieldReader> steps, EventKind kind) {
        this.steps = steps.toArray(FieldReader[]::new);
        this.draft = new Draft(kind);
    }

    /**
     * A reader of what {@code writer} writes as events of that kind.
     *
     * @throws Skip.UnreadableSchema when it does not write such events
     */
    static EventReader of(Schema writer, EventKind kind) {
        return of(writer, kind, Labels.HASHED);
    }

    /** The same, with or without what only labels an event. */
    static EventReader of(Schema writer, EventKind kind, Labels labels) {
        requireName(writer, kind);
        Map<String, Field> known = new HashMap<>();
        Field.of(kind).forEach(field -> known.put(field.wireName(), field));
        var steps = new ArrayList<FieldReader>();
        var unfolding = new Skip.Unfolding();
        var missing = new HashSet<>(Field.requiredOf(kind));
        for (Schema.Field written : writer.getFields()) {
            Field field = known.get(written.name());
            if (field == null) {
                Skip skip = unfolding.of(written.schema());
                steps.add((in, out) -> skip.over(in));
            } else {
                missing.remove(field);
                steps.add(FieldReader.of(field, written.schema(), labels));
            }
        }
        if (!missing.isEmpty()) {
            List<String> names = missing.stream().map(Field::wireName).sorted().toList();
            throw new Skip.UnreadableSchema("it lacks " + String.join(", ", names));
        }
        return new EventReader(steps, kind);
    }

    private static void requireName(Schema writer, EventKind kind) {
        String name = kind == EventKind.REQUEST ? "RequestEvent" : "UsageEvent";
        if (writer.getType() != Schema.Type.RECORD || !writer.getName().equals(name)) {
            throw new Skip.UnreadableSchema("it is " + writer.getFullName() + ", not a record called " + name);
        }
    }

    /** What the value says; the draft is valid until the next call. A value that is not whole leaves a fault in it. */
    Draft read(byte[] framed) {
        return read(framed, WireFormat.HEADER_BYTES);
    }

    /** The same of a value that begins somewhere in these bytes and goes on to their end. */
    Draft read(byte[] bytes, int from) {
        draft.clear();
        cursor.over(bytes, from);
        try {
            for (FieldReader step : steps) {
                step.read(cursor, draft);
            }
            if (cursor.remaining() > 0) {
                throw new AvroCursor.Malformed(cursor.remaining() + " bytes follow the end of the value");
            }
        } catch (AvroCursor.Malformed e) {
            draft.unreadable(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        return draft;
    }
}
