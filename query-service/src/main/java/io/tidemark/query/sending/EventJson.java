package io.tidemark.query.sending;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Events out of JSON: one object, an array of objects, or objects one after the other (NDJSON). */
public final class EventJson {
    /** Decimals never pass through a double. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, EventField> fields = new HashMap<>();
    private final List<String> faults;

    /**
     * A reader of events.
     *
     * @param faults receives everything that is wrong, by event
     */
    public EventJson(List<EventField> known, List<String> faults) {
        known.forEach(field -> field.spellings().forEach(spelling -> fields.put(spelling, field)));
        this.faults = faults;
    }

    public List<Map<String, Object>> read(InputStream in) throws IOException {
        var events = new ArrayList<Map<String, Object>>();
        try (var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (values.hasNextValue()) {
                JsonNode value = values.nextValue();
                if (value.isArray()) {
                    value.forEach(element -> events.add(event(events.size() + 1, element)));
                } else {
                    events.add(event(events.size() + 1, value));
                }
            }
        } catch (JacksonException broken) {
            faults.add("event " + (events.size() + 1) + ": not JSON: " + broken.getOriginalMessage());
        }
        if (events.isEmpty() && faults.isEmpty()) {
            faults.add("there is no event in it");
        }
        return events;
    }

    private Map<String, Object> event(int number, JsonNode json) {
        var event = new LinkedHashMap<String, Object>();
        if (!json.isObject()) {
            faults.add("event " + number + ": not a JSON object");
        }
        json.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                field(event, entry.getKey(), entry.getValue())
                        .ifPresent(fault -> faults.add("event " + number + ": " + fault));
            }
        });
        return event;
    }

    /** Adds one field, or says why it cannot. */
    private Optional<String> field(Map<String, Object> event, String name, JsonNode json) {
        EventField field = fields.get(name);
        if (field == null) {
            return Optional.of("unknown field " + name);
        }
        Optional<Object> value = field.type().ofJson(json);
        if (value.isEmpty()) {
            return Optional.of(name + " must be " + field.type().description());
        }
        return event.put(field.name(), value.get()) == null
                ? Optional.empty()
                : Optional.of(name + " is given twice, in two spellings");
    }
}
