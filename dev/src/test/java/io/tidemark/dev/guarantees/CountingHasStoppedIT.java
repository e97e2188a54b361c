package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.dev.registry.SchemaRegistryServer;
import io.tidemark.events.RequestEvent;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What counting cannot get over ends it, and health says what it is. */
@NullMarked
@Timeout(240)
class CountingHasStoppedIT {
    private static final int PARTITIONS = 4;
    private static final byte NEWER = 9;

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private SchemaRegistryServer registry;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() {
        admin.close();
        registry.close();
        broker.close();
    }

    @Test
    void whenPartitionsAreAdded() throws Exception {
        try (var app = MeteringApp.start(settings("state"), Clock.systemUTC())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> app.health().ready());
            assertThat(app.health().alive()).as("control").isTrue();
            admin.createPartitions(Map.of("tidemark.requests", NewPartitions.increaseTo(PARTITIONS + 1)))
                    .all()
                    .get();
            await().atMost(Duration.ofSeconds(20)).until(() -> !app.health().alive());
            assertThat(app.health().ready()).isFalse();
            assertThat(app.health().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("topic tidemark.requests had 4 partitions and has 5 now")
                    .contains("docs/operations.md");
        }
        assertThatThrownBy(() -> MeteringApp.start(settings("state"), Clock.systemUTC()))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("topic tidemark.requests has 5 partitions, not 4");
    }

    /** Going back to a build before the one that wrote the state: it must not be read as something else. */
    @Test
    void whenANewerBuildWroteTheState() throws Exception {
        try (var app = MeteringApp.start(settings("state"), Clock.systemUTC())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> app.health().ready());
            send("first");
            await().atMost(Duration.ofSeconds(30)).until(() -> customer().isPresent());
        }
        writeByANewerBuild(customer().orElseThrow());
        try (var app = MeteringApp.start(settings("another-state"), Clock.systemUTC())) {
            await().atMost(Duration.ofSeconds(30)).until(() -> app.health().ready());
            assertThat(app.health().reasons())
                    .as("control: as long as nobody reads it")
                    .isEmpty();
            send("second");
            await().dontCatchUncaughtExceptions()
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> !app.health().alive());
            assertThat(app.health().ready()).isFalse();
            assertThat(app.health().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("counting has stopped: 6 threads died within a minute")
                    .contains("a stored value has layout 9; this build knows 2 and older: a newer build wrote it");
        }
    }

    private void send(String id) {
        RequestEvent event =
                new Traffic(1, "acme", Instant.now().truncatedTo(ChronoUnit.MICROS), Duration.ofMinutes(1)).request(id);
        try (var producers = new Producers(broker.bootstrapServers(), registry.url())) {
            producers.send(event, Placing.JAVA);
        }
    }

    /** What the hot store's changelog says of the one customer there is. */
    private Optional<ConsumerRecord<byte[], byte[]>> customer() {
        var partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(HotStore.changelog("tidemark"), partition))
                .toList();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(2))) {
                if (record.key()[0] == HotStore.CUSTOMER) {
                    return Optional.of(record);
                }
            }
            return Optional.empty();
        }
    }

    private void writeByANewerBuild(ConsumerRecord<byte[], byte[]> customer) throws Exception {
        byte[] value = customer.value().clone();
        value[0] = NEWER;
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(customer.topic(), customer.partition(), customer.key(), value))
                    .get();
        }
    }

    private MeteringSettings settings(String state) {
        return new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url()),
                "tidemark",
                "tidemark.",
                PARTITIONS,
                1,
                true,
                directory.resolve(state),
                1,
                0,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(),
                true,
                Duration.ofSeconds(3));
    }
}
