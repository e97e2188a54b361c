package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.Schema;

/** One version of one subject. {@code deleted}: hidden, and still readable by its id. */
record StoredSchema(String subject, int version, int id, SchemaBody body, boolean deleted) {
    StoredSchema asDeleted() {
        return new StoredSchema(subject, version, id, body, true);
    }

    boolean refersTo(String otherSubject, int otherVersion) {
        return body.references().stream()
                .anyMatch(it -> it.getSubject().equals(otherSubject) && it.getVersion() == otherVersion);
    }

    /** As the REST API shows it. */
    Schema entity() {
        return new Schema(subject, version, id, AvroSchema.TYPE, body.references(), body.text());
    }
}
