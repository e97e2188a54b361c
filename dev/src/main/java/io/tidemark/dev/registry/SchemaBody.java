package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import java.util.List;

/** What makes two schemas the same one: the canonical text and what it refers to. The same body has the same id. */
record SchemaBody(String text, List<SchemaReference> references) {
    SchemaBody {
        references = List.copyOf(references);
    }

    static SchemaBody of(AvroSchema schema) {
        return new SchemaBody(schema.canonicalString(), schema.references());
    }
}
