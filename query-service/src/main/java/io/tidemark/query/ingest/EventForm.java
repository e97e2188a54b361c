package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.request.FieldName;
import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.EventFields;
import io.tidemark.streams.directory.UuidV7;
import io.tidemark.streams.event.EventKind;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;

/** Reads a JSON object as an event of one kind; all that is wrong with it is noted, and nothing is thrown. */
final class EventForm {
    private static final String CUSTOMER = "external_customer_id";

    private final EventKind kind;
    private final Owner owner;
    private final BiPredicate<String, String> meterDefined;
    private final RandomGenerator random = new SecureRandom();
    private final Map<String, EventField> fields = new HashMap<>();

    /** @param meterDefined whether a tenant has defined a meter */
    EventForm(EventKind kind, Owner owner, BiPredicate<String, String> meterDefined) {
        this.kind = kind;
        this.owner = owner;
        this.meterDefined = meterDefined;
        EventFields.of(kind).stream()
                .filter(field -> !field.name().equals(CUSTOMER))
                .forEach(field -> field.spellings().forEach(spelling -> fields.put(spelling, field)));
    }

    EventKind kind() {
        return kind;
    }

    /**
     * Reads one.
     *
     * @param pointer where it stands in the body
     * @param object empty where something else stands there
     */
    Incoming read(String pointer, Optional<ObjectNode> object, Sent sent) {
        var event = new Incoming(kind, pointer);
        if (object.isEmpty()) {
            event.fault(pointer, "must be a JSON object");
            return event;
        }
        object.get().properties().forEach(entry -> {
            if (!entry.getValue().isNull() && !owner.isName(kind, entry.getKey())) {
                field(event, entry.getKey(), entry.getValue());
            }
        });
        owner.find(event, object.get(), sent);
        complete(event, sent);
        return event;
    }

    private void field(Incoming event, String name, JsonNode value) {
        EventField field = fields.get(name);
        String at = event.pointer() + FieldName.pointer(name);
        if (field == null) {
            event.warn(Warning.unknownField(at));
        } else {
            take(event, field, value, at);
        }
    }

    /** Takes the value of a field from wherever it stands. */
    static void take(Incoming event, EventField field, JsonNode value, String at) {
        if (event.wasSaid(field.name())) {
            event.fault(at, "is another spelling of " + field.name());
            return;
        }
        event.said(field.name(), at);
        field.type()
                .ofJson(value)
                .ifPresentOrElse(
                        right -> event.put(field.name(), right, at),
                        () -> event.fault(at, "must be " + field.type().description()));
    }

    /** Adds what may be left out, and says what may not. */
    void complete(Incoming event, Sent sent) {
        event.fields().put("tenant_id", sent.tenant());
        event.fields().computeIfAbsent("occurred_at", name -> sent.now());
        if (!event.wasSaid("id")) {
            giveId(event, sent);
        }
        for (EventField field : fields.values()) {
            if (field.required() && !event.wasSaid(field.name())) {
                event.said(field.name(), event.pointerOf(field.name()));
                event.fault(event.pointerOf(field.name()), "is needed");
            }
        }
        Object meter = event.fields().get("meter");
        if (meter != null && !meterDefined.test(sent.tenant(), meter.toString())) {
            event.warn(Warning.noMatchingMeter(event.pointerOf("meter"), meter));
        }
    }

    /** The events of a batch get one each, and the same again when the batch is sent again. */
    private void giveId(Incoming event, Sent sent) {
        if (sent.idempotencyKey().isPresent()) {
            String at = event.pointer();
            String index = at.substring(at.lastIndexOf('/') + 1);
            event.put("id", sent.idempotencyKey().get() + (at.isEmpty() ? "" : "/" + index), at);
        } else if (kind == EventKind.USAGE) {
            event.idIsMissing();
        } else {
            event.put("id", UuidV7.next(sent.now(), random).toString(), event.pointerOf("id"));
            event.warn(Warning.generatedId(event.pointer()));
        }
    }
}
