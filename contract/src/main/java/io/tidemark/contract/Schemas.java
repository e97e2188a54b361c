package io.tidemark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of a document. Each is made into one that stands for itself, with what it may refer to beside it. */
final class Schemas {
    private static final String COMPONENTS = "#/components/schemas/";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Formats are part of what is promised: a date-time that is none is a fault. */
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.builder(
                    JsonSchemaFactory.getInstance(VersionFlag.V202012))
            .metaSchema(JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                    .keyword(new NonValidationKeyword("x-names"))
                    .build())
            .build();

    private final ObjectNode shared = JSON.createObjectNode();
    /** By the node itself: to compare documents each time would take longer than to validate. */
    private final Map<JsonNode, JsonSchema> made = Collections.synchronizedMap(new IdentityHashMap<>());

    Schemas(ApiDescription api) {
        api.document()
                .at("/components/schemas")
                .properties()
                .forEach(entry -> shared.set(entry.getKey(), moved(entry.getValue())));
    }

    List<String> complaints(JsonNode schema, JsonNode value) {
        return made.computeIfAbsent(schema, this::made).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    private JsonSchema made(JsonNode schema) {
        ObjectNode alone = JSON.createObjectNode();
        alone.set("allOf", JSON.createArrayNode().add(moved(schema)));
        alone.set("$defs", shared);
        return FACTORY.getSchema(alone, STRICT);
    }

    private static JsonNode moved(JsonNode schema) {
        try {
            return JSON.readTree(schema.toString().replace('"' + COMPONENTS, "\"#/$defs/"));
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException("it was JSON a moment ago", impossible);
        }
    }
}
