package io.tidemark.query.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.query.http.RequestBody;
import io.tidemark.query.request.FieldName;
import io.tidemark.query.sending.EventField;
import io.tidemark.query.sending.EventFields;
import io.tidemark.query.sending.FieldType;
import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Events as <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md">CloudEvents 1.0.2</a> writes them:
 * {@code source} and {@code id} are the identity, {@code subject} the customer, {@code type} the meter, {@code time} when it
 * occurred. Of {@code data}, an object, the amounts are taken by our names; without a quantity it is 1. Its other texts, numbers
 * and flags are kept as dimensions. Extensions, such as {@code traceparent}, are nobody's usage and are left out.
 */
final class CloudEvents {
    private static final String VERSION = "1.0";
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "id", "id", "source", "source", "type", "meter", "time", "occurred_at", "subject", "external_customer_id");
    private static final Set<String> AMOUNTS = Set.of("quantity", "credits", "cost", "currency", "dimensions");
    private static final String DIMENSIONS = "dimensions";

    private final EventForm form;
    private final Map<String, EventField> attributes = new HashMap<>();
    private final Map<String, EventField> amounts = new HashMap<>();

    /** @param usage completes what a CloudEvent says, as it does any usage */
    CloudEvents(EventForm usage) {
        form = usage;
        var byName = new HashMap<String, EventField>();
        EventFields.of(EventKind.USAGE).forEach(field -> byName.put(field.name(), field));
        ATTRIBUTES.forEach((attribute, name) -> attributes.put(attribute, Objects.requireNonNull(byName.get(name))));
        AMOUNTS.forEach(name -> {
            EventField field = Objects.requireNonNull(byName.get(name));
            field.spellings().forEach(spelling -> amounts.put(spelling, field));
        });
    }

    /**
     * Reads one whose attributes and data are members of an object.
     *
     * @param pointer where it stands in the body
     * @param object empty where something else stands there
     */
    Incoming read(String pointer, Optional<ObjectNode> object, Sent sent) {
        var event = new Incoming(EventKind.USAGE, pointer);
        if (object.isEmpty()) {
            event.fault(pointer, "must be a JSON object");
            return event;
        }
        AMOUNTS.forEach(name -> event.isAt(name, pointer + "/data/" + name));
        object.get().properties().forEach(entry -> attribute(event, entry.getKey(), entry.getValue()));
        version(event, object.get().path("specversion"));
        if ("".equals(event.fields().get("source"))) {
            event.fault(pointer + "/source", "must not be empty");
        }
        sent.customer().ifPresent(customer -> event.put("external_customer_id", customer, pointer));
        for (String needed : new String[] {"id", "source", "type", "subject"}) {
            needed(event, needed);
        }
        data(event, object.get().path("data"));
        form.complete(event, sent);
        return event;
    }

    private void attribute(Incoming event, String name, JsonNode value) {
        String at = event.pointer() + FieldName.pointer(name);
        EventField field = attributes.get(name);
        if (value.isNull()) {
            return;
        }
        if (field != null) {
            EventForm.take(event, field, value, at);
        } else if (name.equals("data_base64")) {
            event.fault(at, "is not taken: data must be a JSON object");
        } else if (name.equals("datacontenttype") && !RequestBody.isAnyJson(value.asText())) {
            event.fault(at, "must be application/json");
        }
    }

    private static void version(Incoming event, JsonNode said) {
        if (!said.isTextual() || !said.textValue().equals(VERSION)) {
            event.fault(event.pointer() + "/specversion", "must be \"" + VERSION + "\"");
        }
    }

    private void needed(Incoming event, String attribute) {
        String name = ATTRIBUTES.getOrDefault(attribute, attribute);
        if (!event.wasSaid(name)) {
            String at = event.pointer() + "/" + attribute;
            event.said(name, at);
            event.fault(at, attribute.equals("subject") ? "is needed: it is the customer" : "is needed");
        }
    }

    private void data(Incoming event, JsonNode data) {
        String at = event.pointer() + "/data";
        var others = new HashMap<String, String>();
        if (data.isObject()) {
            data.properties().forEach(entry -> member(event, entry.getKey(), entry.getValue(), at, others));
        } else if (!data.isMissingNode() && !data.isNull()) {
            event.fault(at, "must be a JSON object");
        }
        if (!event.wasSaid("quantity")) {
            event.put("quantity", BigDecimal.ONE, at + "/quantity");
        }
        if (!others.isEmpty()) {
            // What is called a dimension goes before another member of that name.
            if (event.fields().get(DIMENSIONS) instanceof Map<?, ?> dimensions) {
                dimensions.forEach((name, value) -> others.put(String.valueOf(name), String.valueOf(value)));
            }
            event.fields().put(DIMENSIONS, others);
        }
    }

    private void member(Incoming event, String name, JsonNode value, String data, Map<String, String> others) {
        EventField field = amounts.get(name);
        String at = data + FieldName.pointer(name);
        if (value.isNull()) {
            return;
        }
        if (field != null) {
            EventForm.take(event, field, value, at);
        } else if (!value.isValueNode()) {
            event.warn(Warning.unknownField(at));
        } else if (FieldType.TEXT.ofText(name).isPresent()
                && FieldType.TEXT.ofText(value.asText()).isPresent()) {
            others.put(name, value.asText());
        } else {
            event.fault(at, "is not Unicode");
        }
    }
}
