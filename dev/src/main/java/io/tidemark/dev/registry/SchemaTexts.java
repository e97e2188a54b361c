package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaVersionFetcher;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns texts into schemas, by Confluent's own parser, with references looked up among the stored ones. */
final class SchemaTexts {
    private final AvroSchemaProvider avro = new AvroSchemaProvider();

    SchemaTexts(Subjects subjects) {
        avro.configure(Map.of("schemaVersionFetcher", new StoredVersions(subjects)));
    }

    /** Reads what a client sent; a new schema must also have defaults of the right type. */
    AvroSchema read(String subject, RegisterSchemaRequest request, boolean isNew, boolean normalize) {
        refuseWhatIsNotServed(request);
        return parse(new Schema(subject, request), isNew, normalize);
    }

    AvroSchema read(StoredSchema stored) {
        return parse(stored.entity(), false, false);
    }

    private static void refuseWhatIsNotServed(RegisterSchemaRequest request) {
        var type = request.getSchemaType();
        if (type != null && !type.equals(AvroSchema.TYPE)) {
            throw Fault.invalidSchema("type " + type + " is not served here, only " + AvroSchema.TYPE);
        }
        if (request.getMetadata() != null || request.getRuleSet() != null || request.hasSchemaTagsToAddOrRemove()) {
            throw Fault.invalidSchema("metadata, rule sets and tags are not served here");
        }
        if (request.getSchema() == null || request.getSchema().isBlank()) {
            throw Fault.invalidSchema("it is empty");
        }
    }

    private AvroSchema parse(Schema schema, boolean isNew, boolean normalize) {
        try {
            return (AvroSchema) avro.parseSchemaOrElseThrow(schema, isNew, normalize);
        } catch (RuntimeException e) {
            // The parser's own words: Avro says what is wrong and where.
            throw Fault.invalidSchema(String.valueOf(e.getMessage()));
        }
    }

    private record StoredVersions(Subjects subjects) implements SchemaVersionFetcher {
        @Override
        public String tenant() {
            return "default";
        }

        @Override
        public @Nullable Schema getByVersion(String subject, int version, boolean lookupDeletedSchema) {
            var visibility = lookupDeletedSchema ? Visibility.ALL : Visibility.LIVE;
            return subjects.find(subject, new VersionId(version), visibility)
                    .map(StoredSchema::entity)
                    .orElse(null);
        }
    }
}
