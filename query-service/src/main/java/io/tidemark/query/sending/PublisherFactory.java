package io.tidemark.query.sending;

import io.tidemark.streams.publishing.EventPublisher;
import java.util.Map;

/** Opens the way to Kafka. */
@FunctionalInterface
public interface PublisherFactory {

    /**
     * Connects.
     *
     * @param kafka bootstrap servers
     * @param registry base URL of the schema registry
     * @param topicPrefix begins the name of every topic
     * @param kafkaOverrides further client settings
     */
    EventPublisher connect(String kafka, String registry, String topicPrefix, Map<String, String> kafkaOverrides);
}
