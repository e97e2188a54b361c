package io.tidemark.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.util.ArrayList;
import java.util.List;

/** Whether a document is OpenAPI 3.1, by the schema that its makers publish; and its schemas JSON Schema, its examples examples. */
public final class Validity {
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final ApiDescription api;
    private final Schemas schemas;
    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    public Validity(ApiDescription api) {
        this.api = api;
        this.schemas = new Schemas(api);
    }

    /** Everything that is wrong with the document. */
    public List<String> complaints() {
        JsonSchema openApi =
                factory.getSchema(ApiDescription.resource("/io/tidemark/contract/openapi-3.1.json"), STRICT);
        var complaints = new ArrayList<String>();
        openApi.validate(api.document()).forEach(message -> complaints.add(message.toString()));
        JsonSchema dialect = factory.getSchema(SchemaLocation.of(VersionFlag.V202012.getId()), STRICT);
        walk(api.document(), "", dialect, complaints);
        return complaints;
    }

    private void walk(JsonNode node, String at, JsonSchema dialect, List<String> complaints) {
        if (node.isObject() && at.matches("/components/schemas/[^/]+|.*/schema")) {
            schema(node, at, dialect, complaints);
        }
        node.properties().forEach(entry -> walk(entry.getValue(), at + "/" + entry.getKey(), dialect, complaints));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            walk(node.get(i), at + "/" + i, dialect, complaints);
        }
        if (node.has("schema") && node.has("example")) {
            example(node.get("schema"), node.get("example"), at, complaints);
        }
    }

    private void schema(JsonNode schema, String at, JsonSchema dialect, List<String> complaints) {
        dialect.validate(schema).forEach(message -> complaints.add(at + ": " + message));
        examples(schema, at, complaints);
        schema.path("properties")
                .properties()
                .forEach(entry -> examples(entry.getValue(), at + "/properties/" + entry.getKey(), complaints));
    }

    private void examples(JsonNode schema, String at, List<String> complaints) {
        schema.path("examples").forEach(example -> example(schema, example, at, complaints));
    }

    private void example(JsonNode schema, JsonNode example, String at, List<String> complaints) {
        schemas.complaints(schema, example).forEach(message -> complaints.add(at + " has an example: " + message));
    }
}
