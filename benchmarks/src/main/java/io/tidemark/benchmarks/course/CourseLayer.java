package io.tidemark.benchmarks.course;

import io.tidemark.schemas.Topic;
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
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Lays a course: the product's own topic of requests, as it must be, with so many events in it. */
public final class CourseLayer {
    /** Of every topic keyed by customer, where nobody says otherwise. */
    private static final int PARTITIONS = 12;

    /** The product's own names. */
    public static final Topics TOPICS = Topics.withPrefix("tidemark.");

    private static final int BATCH_BYTES = 131_072;
    private static final int MILLIS_TO_FILL = 50;

    private final Connection connection;
    private final int partitions;

    public CourseLayer(Connection connection) {
        this(connection, PARTITIONS);
    }

    /** @param partitions of the topics it makes */
    public CourseLayer(Connection connection, int partitions) {
        this.connection = connection;
        this.partitions = partitions;
    }

    /** Makes the topic and sends so many events; returns when all are acknowledged. */
    public Course lay(Mix mix, long events, long seed, Instant now) throws InterruptedException, ExecutionException {
        makeTopic(topicOf(mix));
        return add(mix, events, seed, now);
    }

    /** Sends so many more. */
    public Course add(Mix mix, long events, long seed, Instant now) {
        String topic = topicOf(mix).name();
        Instant to = now.truncatedTo(ChronoUnit.MINUTES);
        Instant from = to.minus(mix.span());
        var made = new CourseEvents(topic, mix, events, seed, from, schemaId(topicOf(mix)));
        send(events, made::next);
        return new Course(mix, topic, partitions, events, from, to, made.averageBytes(), made.expected());
    }

    /** Sends one event of each customer, in turn, so that all are known. */
    public void introduce(Mix mix, long seed, Instant now) {
        var made = new CourseEvents(
                topicOf(mix).name(), mix, mix.count(), seed, now.minus(mix.span()), schemaId(topicOf(mix)));
        var customers = IntStream.range(0, mix.count()).iterator();
        send(mix.count(), () -> {
            int customer = customers.next();
            return made.of(mix.tenantOf(customer), Mix.nameOf(customer), now);
        });
    }

    /** Sends so many more a second, until it is closed; what they come to is not known. */
    public Traffic traffic(Mix mix, long perSecond, long seed, Instant now) {
        var made = new CourseEvents(
                topicOf(mix).name(), mix, Long.MAX_VALUE, seed, now.minus(mix.span()), schemaId(topicOf(mix)));
        return new Traffic(producer(), made::next, perSecond);
    }

    /** Sends one by one. */
    public Sender sender(long seed) {
        var made = new CourseEvents(
                TOPICS.requests().name(), Mix.ONE10, Long.MAX_VALUE, seed, Instant.EPOCH, schemaId(TOPICS.requests()));
        return new Sender(producer(0), made);
    }

    private static Topic topicOf(Mix mix) {
        return mix.meters() == 0 ? TOPICS.requests() : TOPICS.usage();
    }

    private void makeTopic(Topic topic) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", connection.kafka()))) {
            var wanted = new NewTopic(topic.name(), partitions, (short) 1).configs(topic.config());
            admin.createTopics(List.of(wanted)).all().get();
        }
    }

    private int schemaId(Topic topic) {
        try (var subjects = new Subjects(Clients.registry(connection), TOPICS)) {
            subjects.register();
            return subjects.idOf(topic).orElseThrow();
        }
    }

    private void send(long events, Supplier<ProducerRecord<byte[], byte[]>> made) {
        var failed = new AtomicReference<Exception>();
        try (var producer = producer()) {
            for (long i = 0; i < events; i++) {
                var unused = producer.send(made.get(), (at, failure) -> {
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
        return producer(MILLIS_TO_FILL);
    }

    private KafkaProducer<byte[], byte[]> producer(int millisToFill) {
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
                        millisToFill),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
