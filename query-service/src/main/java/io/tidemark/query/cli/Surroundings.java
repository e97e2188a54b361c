package io.tidemark.query.cli;

import io.tidemark.query.sending.PublisherFactory;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.io.InputStream;
import java.time.Clock;
import java.util.Map;

/** What a command finds around it: in the process that we ship, the process's own. */
public record Surroundings(Map<String, String> environment, Clock clock, InputStream in, PublisherFactory publishers) {

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    public static Surroundings ofProcess() {
        return new Surroundings(System.getenv(), Clock.systemUTC(), System.in, KafkaEventPublisher::connect);
    }
}
