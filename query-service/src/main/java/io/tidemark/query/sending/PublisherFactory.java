package io.tidemark.query.sending;

import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.publishing.EventPublisher;

/** Opens the way to Kafka. */
@FunctionalInterface
public interface PublisherFactory {

    /**
     * Connects.
     *
     * @param topicPrefix begins the name of every topic
     */
    EventPublisher connect(Connection connection, String topicPrefix);
}
