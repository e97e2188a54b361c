package io.tidemark.streams.intake;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks writers' schemas up in the registry, on a thread of its own: the hot path gets what is known now, and a record
 * whose schema is not known yet is parked for the moment that takes.
 */
public final class RegistrySchemas implements WriterSchemas, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistrySchemas.class);
    /** An id the registry does not know may be known later, where the registry is a follower. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(30);

    private static final int MOST_UNKNOWN = 10_000;
    /** Confluent's code for a schema id nobody registered; a bare 404 may come from anything in between. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final int MOST_ASKED = 1_000;
    /** A registry that is away is not asked for the same id more often. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    private final SchemaRegistryClient client;
    private final Clock clock;
    private final LongAdder failures = new LongAdder();
    private final Map<Integer, Lookup> known = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> unknownUntil = new ConcurrentHashMap<>();
    private final Map<Integer, Instant> notBefore = new ConcurrentHashMap<>();
    private final Set<Integer> asked = ConcurrentHashMap.newKeySet();
    private final ExecutorService asking = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "tidemark-schemas");
        thread.setDaemon(true);
        return thread;
    });

    public RegistrySchemas(SchemaRegistryClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public Lookup find(int schemaId) {
        Lookup found = known.get(schemaId);
        if (found != null) {
            return found;
        }
        Instant until = unknownUntil.get(schemaId);
        if (until != null && clock.instant().isBefore(until)) {
            return new Lookup.Unknown();
        }
        Instant again = notBefore.getOrDefault(schemaId, Instant.MIN);
        if (!clock.instant().isBefore(again) && asked.size() < MOST_ASKED && asked.add(schemaId)) {
            asking.execute(() -> ask(schemaId));
        }
        return new Lookup.Unavailable();
    }

    /** Asks for every version of some subjects ahead of their first record. */
    public void prefetch(Collection<String> subjects) {
        asking.execute(() -> subjects.forEach(this::prefetch));
    }

    private void prefetch(String subject) {
        try {
            for (int version : client.getAllVersions(subject)) {
                find(client.getSchemaMetadata(subject, version).getId());
            }
        } catch (IOException | RestClientException e) {
            failures.increment();
            LOG.info("schemas not prefetched subject={} because={}", subject, e.getMessage());
        }
    }

    private void ask(int schemaId) {
        try {
            known.put(schemaId, lookup(client.getSchemaById(schemaId)));
            unknownUntil.remove(schemaId);
            notBefore.remove(schemaId);
        } catch (RestClientException e) {
            if (e.getErrorCode() == SCHEMA_NOT_FOUND) {
                unknown(schemaId);
            } else {
                away(schemaId, e);
            }
        } catch (IOException | RuntimeException e) {
            away(schemaId, e);
        } finally {
            asked.remove(schemaId);
        }
    }

    private void away(int schemaId, Exception why) {
        failures.increment();
        if (notBefore.put(schemaId, clock.instant().plus(BETWEEN_TRIES)) == null) {
            LOG.warn("schema not available now, its records are parked id={} because={}", schemaId, why.toString());
        }
    }

    private static Lookup lookup(ParsedSchema schema) {
        return schema instanceof AvroSchema avro
                ? new Lookup.Known(avro.rawSchema())
                : new Lookup.NotAvro(schema.schemaType());
    }

    private void unknown(int schemaId) {
        if (unknownUntil.size() >= MOST_UNKNOWN) {
            unknownUntil.clear();
        }
        notBefore.remove(schemaId);
        unknownUntil.put(schemaId, clock.instant().plus(UNKNOWN_FOR));
    }

    /** Adds how often the registry did not answer. */
    public void bindTo(MeterRegistry registry) {
        FunctionCounter.builder("tidemark.registry.failures", failures, LongAdder::sum)
                .description("Questions to the schema registry that it did not answer")
                .register(registry);
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
