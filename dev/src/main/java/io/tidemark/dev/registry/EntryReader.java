package io.tidemark.dev.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the topic's records, ours and those a Confluent registry has written. */
final class EntryReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EntryReader() {}

    /**
     * Reads one record.
     *
     * @return empty when it says nothing to us (another kind of key)
     * @throws IllegalArgumentException when it is not what it claims to be
     */
    static Optional<Entry> read(String key, @Nullable String value) {
        var parsedKey = parse(key);
        var parsedValue = value == null ? NullNode.getInstance() : parse(value);
        return switch (parsedKey.path("keytype").asText()) {
            case "SCHEMA" -> Optional.of(schema(parsedKey, parsedValue));
            case "DELETE_SUBJECT" -> parsedValue.isNull() ? Optional.empty() : Optional.of(subjectDeleted(parsedValue));
            case "CONFIG" -> Optional.of(new Entry.LevelSet(scope(parsedKey), level(parsedValue)));
            case "MODE" -> Optional.of(new Entry.ModeSet(scope(parsedKey), mode(parsedValue)));
            case "NOOP" ->
                parsedValue.has("highestId") ? Optional.of(idsUsed(parsedValue, "highestId")) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
    }

    private static Entry schema(JsonNode key, JsonNode value) {
        if (value.isNull()) {
            return new Entry.Removed(text(key, "subject"), number(key, "version"));
        }
        if (!value.path("schemaType").asText(AvroSchema.TYPE).equals(AvroSchema.TYPE)) {
            // Not ours to serve, but its id is taken.
            return idsUsed(value, "id");
        }
        var body = new SchemaBody(text(value, "schema"), references(value.path("references")));
        return new Entry.Stored(new StoredSchema(
                text(value, "subject"),
                number(value, "version"),
                number(value, "id"),
                body,
                value.path("deleted").asBoolean(false)));
    }

    private static List<SchemaReference> references(JsonNode array) {
        var references = new ArrayList<SchemaReference>();
        for (var it : array) {
            references.add(new SchemaReference(text(it, "name"), text(it, "subject"), number(it, "version")));
        }
        return references;
    }

    private static Entry subjectDeleted(JsonNode value) {
        return new Entry.SubjectDeleted(text(value, "subject"), number(value, "version"));
    }

    private static Entry idsUsed(JsonNode value, String field) {
        return new Entry.IdsUsed(number(value, field));
    }

    private static Scope scope(JsonNode key) {
        return new Scope(Optional.ofNullable(key.path("subject").textValue()));
    }

    private static Optional<CompatibilityLevel> level(JsonNode value) {
        return Optional.ofNullable(value.path("compatibilityLevel").textValue()).map(CompatibilityLevel::valueOf);
    }

    private static Optional<Mode> mode(JsonNode value) {
        return Optional.ofNullable(value.path("mode").textValue()).map(Mode::valueOf);
    }

    private static String text(JsonNode node, String field) {
        var text = node.path(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException("no text in " + field);
        }
        return text;
    }

    private static int number(JsonNode node, String field) {
        if (!node.path(field).canConvertToInt()) {
            throw new IllegalArgumentException("no number in " + field);
        }
        return node.path(field).intValue();
    }
}
