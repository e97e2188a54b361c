package io.tidemark.streams.administration;

import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody added partitions to a topic while this instance runs.
 *
 * <p>Kafka Streams finds out by itself, after up to five minutes, and then its threads die one after the other of a changelog that does not
 * fit. Until then what is appended to a new partition is read by nobody, while {@code as_of} says that all there is was counted. So
 * this looks every few seconds, and what it finds ends the instance; a start is refused for the same reason.
 */
public final class TopicShapes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicShapes.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final Admin admin;
    private final Map<String, Integer> wanted = new LinkedHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-topic-shapes");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<String> fault = Optional.empty();

    public TopicShapes(Admin admin, MeteringSettings settings) {
        this.admin = admin;
        for (Topic topic : Topics.withPrefix(settings.topicPrefix()).all()) {
            wanted.put(topic.name(), topic.partitions(settings.partitions()));
        }
    }

    public void start() {
        Future<?> unused = looking.scheduleWithFixedDelay(
                this::lookOrSay, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why nothing can be counted any more; empty where all is as it was. */
    public Optional<String> fault() {
        return fault;
    }

    private void lookOrSay() {
        try {
            look(Asked.of(admin.describeTopics(wanted.keySet()).allTopicNames()));
        } catch (RuntimeException e) {
            LOG.debug("topics cannot be looked at because={}", e.toString());
        }
    }

    void look(Map<String, TopicDescription> there) {
        there.forEach((name, description) -> {
            int found = description.partitions().size();
            int had = wanted.getOrDefault(name, found);
            if (found > had && fault.isEmpty()) {
                fault = Optional.of(said(name, had, found));
                LOG.error("counting stops because={}", fault.get());
            }
        });
    }

    private static String said(String name, int had, int found) {
        return "topic " + name + " had " + had + " partitions and has " + found
                + " now: their number is final, as each customer's place"
                + " depends on it, and Kafka cannot take partitions away. What was counted is right; what is appended to the new"
                + " partitions is not counted. docs/operations.md says how to get out of it: When partitions were added";
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }
}
