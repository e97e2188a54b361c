package io.tidemark.streams.administration;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.connecting.Connection;
import java.io.IOException;
import java.util.Collection;

/** Whether the registry answers, and takes our schemas. */
final class RegistryChecks {
    private final SchemaRegistryClient registry;
    private final Connection connection;
    private final Topics topics;
    private final Findings findings;

    RegistryChecks(SchemaRegistryClient registry, Connection connection, Topics topics, Findings findings) {
        this.registry = registry;
        this.connection = connection;
        this.topics = topics;
        this.findings = findings;
    }

    void check() {
        String name = "registry at " + connection.registryWithoutSecrets();
        try {
            Collection<String> subjects = registry.getAllSubjects();
            findings.fine(name + ": " + subjects.size() + " subject(s)");
            for (Topic topic : topics.all()) {
                if (topic.value().isPresent() && subjects.contains(topic.subject())) {
                    successor(topic);
                }
            }
        } catch (RestClientException | IOException away) {
            findings.fault(name + " does not answer: " + away.getMessage()
                    + "; events with schemas not seen before wait until it does");
        }
    }

    private void successor(Topic topic) throws IOException, RestClientException {
        if (!registry.testCompatibility(
                topic.subject(), new AvroSchema(topic.value().orElseThrow()))) {
            findings.fault(
                    "subject " + topic.subject() + " holds a schema that ours is no successor of: another product's"
                            + " topic? --topic-prefix gives ours other names");
        }
    }
}
