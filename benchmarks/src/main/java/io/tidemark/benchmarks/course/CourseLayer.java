package io.tidemark.benchmarks.course;

import io.tidemark.schemas.Topics;
import io.tidemark.streams.administration.Subjects;
import io.tidemark.streams.connecting.Clients;
import io.tidemark.streams.connecting.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Lays a course: the product's own topic of requests, as it must be, with so many events in it. */
public final class CourseLayer {
    /** Of every topic keyed by customer. */
    public static final int PARTITIONS = 12;

    /** The product's own names. */
    public static final Topics TOPICS = Topics.withPrefix("tidemark.");

    private static final int BATCH_BYTES = 131_072;
    private static final int MILLIS_TO_FILL = 50;

    private final Connection connection;

    public CourseLayer(Connection connection) {
        this.connection = connection;
    }

    /** Everybody whose customers have events. */
    public static List<String> tenants() {
        return CourseEvents.tenants();
    }

    /** Sends so many events; returns when all are acknowledged. */
    public Course lay(Mix mix, long events, long seed, Instant now) throws InterruptedException, ExecutionException {
        String topic = TOPICS.requests().name();
        makeTopic(topic);
        Instant to = now.truncatedTo(ChronoUnit.MINUTES);
        Instant from = to.minus(mix.span());
        var made = new CourseEvents(topic, mix, events, seed, from, schemaId());
        send(events, made);
        return new Course(mix, topic, PARTITIONS, events, from, to, made.averageBytes(), made.expected());
    }

    private void makeTopic(String topic) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", connection.kafka()))) {
            var wanted = new NewTopic(topic, PARTITIONS, (short) 1)
                    .configs(TOPICS.requests().config());
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    private int schemaId() {
        try (var subjects = new Subjects(Clients.registry(connection), TOPICS)) {
            subjects.register();
            return subjects.idOf(TOPICS.requests()).orElseThrow();
        }
    }

    private void send(long events, CourseEvents made) {
        var failed = new AtomicReference<Exception>();
        try (var producer = producer()) {
            for (long i = 0; i < events; i++) {
                var unused = producer.send(made.next(), (at, failure) -> {
                    if (failure != null) {
                        failed.compareAndSet(null, failure);
                    }
                });
            }
        }
        if (failed.get() != null) {
            throw new IllegalStateException("not acknowledged", failed.get());
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        connection.kafka(),
                        "acks",
                        "all",
                        "compression.type",
                        "lz4",
                        "batch.size",
                        BATCH_BYTES,
                        "linger.ms",
                        MILLIS_TO_FILL),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
