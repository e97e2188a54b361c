package io.tidemark.streams.administration;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subjects of our topics in the schema registry. */
public final class Subjects {
    private static final Logger LOG = LoggerFactory.getLogger(Subjects.class);

    private final SchemaRegistryClient registry;
    private final Topics topics;

    public Subjects(SchemaRegistryClient registry, Topics topics) {
        this.registry = registry;
        this.topics = topics;
    }

    /**
     * Registers our schema under each subject that has not got it. Says whether all could be: a registry that is away
     * must not keep totals from being served.
     */
    public boolean register() {
        for (Topic topic : topics.all()) {
            if (topic.value().isPresent() && !register(topic)) {
                return false;
            }
        }
        return true;
    }

    private boolean register(Topic topic) {
        try {
            registry.register(topic.subject(), new AvroSchema(topic.value().orElseThrow()));
            return true;
        } catch (IOException | RestClientException e) {
            LOG.warn("subject not registered subject={} because={}", topic.subject(), e.getMessage());
            return false;
        }
    }

    /** The subjects of the topics events come by. */
    public List<String> ofInputs() {
        return List.of(topics.requests().subject(), topics.usage().subject());
    }
}
