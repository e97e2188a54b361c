package io.tidemark.dev.guarantees;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.dev.registry.SchemaRegistryServer;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.hot.HotStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance whose books do not balance says so and is not ready. The faults are written into the changelog, behind the back of the product,
 * which restores them as it would whatever else is there.
 */
@NullMarked
@Timeout(240)
class BooksBalanceIT {
    private static final String TENANT = "acme";
    private static final int EVENTS = 60;
    private static final TopicPartition CHANGELOG = new TopicPartition(HotStore.changelog("tidemark"), 0);
    /** Layout, number of amounts. */
    private static final int BITMAP_OF_MONTH = 2;

    @TempDir
    private Path directory;

    private final Jumping clock = new Jumping();
    private SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private EmbeddedBroker broker;
    private SchemaRegistryServer registry;

    /** The real clock, and what the test lets it jump by: a check is due a minute after the last. */
    private static final class Jumping extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
    }

    @AfterEach
    void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void orTheInstanceIsNotReady() throws Exception {
        try (var app = startReady("state")) {
            send();
            check(3);
            assertThat(app.health().ready())
                    .as("control: %s", app.health().reasons())
                    .isTrue();
        }
        Map<Bytes, byte[]> state = state();
        write(state.entrySet().stream()
                .filter(entry -> entry.getKey().get()[0] == HotStore.TALLY)
                .findFirst()
                .map(entry -> Map.entry(entry.getKey(), oneMore(entry.getValue(), entry.getValue().length - 1)))
                .orElseThrow());
        write(state.entrySet().stream()
                .filter(entry -> isMonth(entry.getKey().get()))
                .findFirst()
                .map(entry -> Map.entry(entry.getKey(), oneMore(entry.getValue(), countOfMonth(entry.getValue()))))
                .orElseThrow());
        try (var app = startReady("restored")) {
            check(2);
            assertThat(app.health().ready()).as("it might pass").isTrue();
            check(1);
            assertThat(app.health().ready()).isFalse();
            assertThat(app.health().alive()).as("a restart would not help").isTrue();
            assertThat(app.health().reasons())
                    .singleElement()
                    .asString()
                    .startsWith("the books do not balance: partition 0 of tidemark.")
                    .contains("what was read in the hour is not what came of it")
                    .contains("docs/operations.md");
            await().atMost(Duration.ofSeconds(40)).until(() -> {
                check(1);
                return app.health()
                        .reasons()
                        .get(0)
                        .contains("what was counted is not what month pages hold (" + EVENTS + " and " + (EVENTS + 1));
            });
        }
    }

    private MeteringApp startReady(String state) {
        var app = MeteringApp.start(settings(state), clock);
        metrics = new SimpleMeterRegistry();
        app.bindTo(metrics);
        await().atMost(Duration.ofSeconds(30)).until(() -> app.health().ready());
        return app;
    }

    private void send() {
        var traffic = new Traffic(29, TENANT, Instant.now().truncatedTo(ChronoUnit.MICROS), Duration.ofMinutes(1));
        try (var producers = new Producers(broker.bootstrapServers(), registry.url())) {
            for (int i = 0; i < EVENTS; i++) {
                producers.send(traffic.next(), Placing.JAVA);
            }
            producers.flush();
        }
    }

    /** Lets so many checks come due, one after the other. */
    private void check(int times) {
        for (int i = 0; i < times; i++) {
            double before = checks();
            clock.ahead = clock.ahead.plusSeconds(61);
            await().atMost(Duration.ofSeconds(20)).until(() -> checks() > before);
        }
    }

    private double checks() {
        return metrics.get("tidemark.reconciliation.checks").functionCounter().count();
    }

    private static boolean isMonth(byte[] key) {
        return key[0] == HotStore.PAGE && key[1 + TENANT.length() + 1] == 1;
    }

    /** Where the count of the first day that is there stands: behind 31 days, and two bytes for each that is there, where any was of a single minute. */
    private static int countOfMonth(byte[] page) {
        int days = BITMAP_OF_MONTH + Integer.BYTES;
        var there = BitSet.valueOf(Arrays.copyOfRange(page, BITMAP_OF_MONTH, days));
        return page[0] == 1 ? days : days + 2 * there.cardinality();
    }

    /** Numbers are stored doubled; those of the test are small. */
    private static byte[] oneMore(byte[] value, int at) {
        byte[] wrong = value.clone();
        wrong[at] = (byte) (wrong[at] + 2);
        return wrong;
    }

    private Map<Bytes, byte[]> state() {
        var state = new HashMap<Bytes, byte[]>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(CHANGELOG));
            consumer.seekToBeginning(List.of(CHANGELOG));
            long end = requireNonNull(consumer.endOffsets(List.of(CHANGELOG)).get(CHANGELOG));
            while (consumer.position(CHANGELOG) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (record.value() == null) {
                        state.remove(Bytes.wrap(record.key()));
                    } else {
                        state.put(Bytes.wrap(record.key()), record.value());
                    }
                }
            }
        }
        return state;
    }

    private void write(Map.Entry<Bytes, byte[]> fault) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            CHANGELOG.topic(), 0, fault.getKey().get(), fault.getValue()))
                    .get();
        }
    }

    private MeteringSettings settings(String state) {
        return new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url()),
                "tidemark",
                "tidemark.",
                1,
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
