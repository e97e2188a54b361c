package io.tidemark.dev.registry;

import io.confluent.kafka.schemaregistry.client.rest.entities.SchemaReference;
import io.confluent.kafka.schemaregistry.client.rest.entities.requests.RegisterSchemaRequest;
import java.util.List;

/** All of the registry but Kafka and HTTP. */
final class Desk {
    static final String ONE = record("{\"name\":\"a\",\"type\":\"string\"}");
    static final String TWO =
            record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    static final String BREAKING = record("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"c\",\"type\":\"int\"}");

    final Subjects subjects = new Subjects();
    final LedgerInMemory ledger = new LedgerInMemory(subjects);
    final SchemaTexts texts = new SchemaTexts(subjects);
    final Compatibility compatibility = new Compatibility(subjects, texts);
    final Registration registration = new Registration(ledger, subjects, texts, compatibility);
    final Deletion deletion = new Deletion(ledger, subjects);
    final Settings settings = new Settings(ledger, subjects);
    final Catalogue catalogue = new Catalogue(subjects, texts);

    int register(String subject, String schema) {
        return registration.register(subject, request(schema), false);
    }

    static RegisterSchemaRequest request(String schema, SchemaReference... references) {
        var request = new RegisterSchemaRequest();
        request.setSchema(schema);
        request.setReferences(List.of(references));
        return request;
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}";
    }
}
