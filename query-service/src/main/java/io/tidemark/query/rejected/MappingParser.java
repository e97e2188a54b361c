package io.tidemark.query.rejected;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.EventFields;
import io.tidemark.query.sending.FieldType;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.replaying.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is to be changed of events that are replayed: {@code [{"field": "meter", "from": "storge", "to": "storage"}]}. */
final class MappingParser {
    private static final int MOST = 100;
    private static final Set<String> MEMBERS = Set.of("field", "from", "to");
    private static final Map<String, EventField> FIELDS = fields();

    private MappingParser() {}

    private static Map<String, EventField> fields() {
        var fields = new HashMap<String, EventField>();
        for (EventKind kind : EventKind.values()) {
            EventFields.of(kind).forEach(field -> field.spellings().forEach(name -> fields.put(name, field)));
        }
        fields.put("tenant_id", new EventField("tenant_id", "tenant", FieldType.TEXT, true, "", List.of()));
        return Map.copyOf(fields);
    }

    static List<Change> read(JsonBody body, Faults faults) {
        var changes = new ArrayList<Change>();
        body.objects(
                "mapping",
                MOST,
                (pointer, object) -> change(pointer, object, faults).ifPresent(changes::add));
        return changes;
    }

    private static Optional<Change> change(String pointer, Optional<ObjectNode> object, Faults faults) {
        if (object.isEmpty()) {
            faults.addAt(pointer, "must be an object with field, to and perhaps from");
            return Optional.empty();
        }
        object.get().fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                faults.addAt(pointer + "/" + name, "is not a field of this operation");
            }
        });
        JsonNode name = object.get().path("field");
        EventField field = FIELDS.get(name.asText());
        if (!name.isTextual() || field == null) {
            faults.addAt(pointer + "/field", "must be a field of an event, such as meter");
            return Optional.empty();
        }
        JsonNode from = object.get().path("from");
        boolean any = from.isMissingNode() || from.isNull();
        if (any && field.name().equals("id")) {
            // All would be one event, of which one counts.
            faults.addAt(pointer + "/from", "is needed: two events never get the same id");
            return Optional.empty();
        }
        Optional<Object> was = any ? Optional.empty() : value(field, from, pointer + "/from", faults);
        Optional<Object> to = value(field, object.get().path("to"), pointer + "/to", faults);
        return (any || was.isPresent()) ? to.map(value -> new Change(field.name(), was, value)) : Optional.empty();
    }

    private static Optional<Object> value(EventField field, JsonNode json, String pointer, Faults faults) {
        Optional<Object> value = field.type().ofJson(json);
        if (value.isEmpty()) {
            faults.addAt(pointer, "must be " + field.type().description());
        }
        return value;
    }
}
