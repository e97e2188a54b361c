package io.tidemark.streams.administration;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.StartRefused;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The subjects of our topics in the schema registry. */
public final class Subjects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Subjects.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
    private static final int CONFLICT = 409;

    private final SchemaRegistryClient registry;
    private final Topics topics;
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final ScheduledExecutorService trying = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-subjects");
        thread.setDaemon(true);
        return thread;
    });

    public Subjects(SchemaRegistryClient registry, Topics topics) {
        this.registry = registry;
        this.topics = topics;
    }

    /**
     * Registers our schema under each subject that has not got it. A registry that is away keeps no totals from being
     * served, so that is tried again behind the caller's back until it is done.
     *
     * @throws StartRefused when a subject holds a schema that ours is no successor of
     */
    public void register() {
        var incompatible = new ArrayList<String>();
        if (!registered(incompatible)) {
            Future<?> unused = trying.schedule(this::registerLater, BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!incompatible.isEmpty()) {
            throw new StartRefused(incompatible);
        }
    }

    private void registerLater() {
        var incompatible = new ArrayList<String>();
        if (!registered(incompatible) || !incompatible.isEmpty()) {
            Future<?> unused = trying.schedule(this::registerLater, BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS);
        }
        incompatible.forEach(fault -> LOG.error("subject not registered because={}", fault));
    }

    /** Whether every subject was asked for; stops at the first that could not be. */
    private boolean registered(List<String> incompatible) {
        for (Topic topic : topics.all()) {
            if (topic.value().isPresent()) {
                try {
                    ids.put(topic.subject(), registered(topic));
                } catch (RestClientException e) {
                    if (e.getStatus() != CONFLICT) {
                        return away(topic, e);
                    }
                    incompatible.add("subject " + topic.subject() + " holds a schema that ours is no successor of: "
                            + e.getMessage());
                } catch (IOException e) {
                    return away(topic, e);
                }
            }
        }
        return true;
    }

    private int registered(Topic topic) throws IOException, RestClientException {
        return registry.register(topic.subject(), new AvroSchema(topic.value().orElseThrow()));
    }

    /** The id of our schema of a topic's values; empty while the registry has not said it since the start. */
    public OptionalInt idOf(Topic topic) {
        Integer id = ids.get(topic.subject());
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    private static boolean away(Topic topic, Exception why) {
        LOG.warn("subject not registered yet subject={} because={}", topic.subject(), why.toString());
        return false;
    }

    /** The subjects of the topics events come by. */
    public List<String> ofInputs() {
        return List.of(topics.requests().subject(), topics.usage().subject());
    }

    @Override
    public void close() {
        trying.shutdownNow();
    }
}
