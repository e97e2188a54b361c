package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.registry.SchemaRegistryServer;
import io.tidemark.schemas.Topics;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.administration.Administration;
import io.tidemark.streams.administration.Finding;
import io.tidemark.streams.administration.NewTopics;
import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the topics are not as counting needs them the start is refused, with every fault, rather than count wrongly. */
@NullMarked
@Timeout(240)
class StartIsRefusedIT {
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
    void whenATopicIsMissing() {
        assertThatThrownBy(() -> start(false, 4))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("topic tidemark.requests is missing")
                .hasMessageContaining("topic tidemark.rekey is missing")
                .hasMessageContaining("topic tidemark.api-keys is missing");
    }

    @Test
    void whenPartitionCountsOrTheTimeOfRecordsDiffer() throws Exception {
        create(new NewTopic("tidemark.usage", 3, (short) 1));
        create(new NewTopic("tidemark.rekey", 5, (short) 1));
        create(new NewTopic("tidemark-hot-changelog", 7, (short) 1));
        assertThatThrownBy(() -> start(true, 4))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("topic tidemark.usage has 3 partitions, not 4")
                .hasMessageContaining("topic tidemark.rekey has 5 partitions, not 4")
                .hasMessageContaining("topic tidemark-hot-changelog has 7 partitions, not 4")
                .hasMessageContaining("topic tidemark.usage has message.timestamp.type=CreateTime, not LogAppendTime")
                .hasMessageContaining("topic tidemark.rekey has max.message.bytes");
    }

    @Test
    void whenAnotherPartitionCountIsAskedForLater() throws Exception {
        start(true, 4).close();
        assertThatThrownBy(() -> start(true, 5))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("topic tidemark.requests has 4 partitions, not 5")
                .hasMessageContaining("topic tidemark-hot-changelog has 4 partitions, not 5");
    }

    @Test
    void whenTheApplicationIdBelongsToOtherTopics() throws Exception {
        try (var first = start(true, 4)) {
            assertThat(first.health().ready()).isTrue();
            assertThatThrownBy(() -> start("other.", true, 4, 1))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("application id tidemark belongs to other topics (tidemark.");
        }
    }

    @Test
    void whenMoreIsHandledThanThereIs() throws Exception {
        start(true, 4).close();
        admin.alterConsumerGroupOffsets(
                        "tidemark", Map.of(new TopicPartition("tidemark.requests", 2), new OffsetAndMetadata(1_000)))
                .all()
                .get();
        assertThatThrownBy(() -> start(true, 4))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("partition tidemark.requests-2 ends at offset 0, but 1000 were handled");
    }

    @Test
    void whenATopicCannotBeMade() {
        assertThatThrownBy(() -> start(true, 4, 3))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("topic tidemark.requests cannot be made")
                .hasMessageContaining("eplication factor")
                .hasMessageNotContaining("is missing");
    }

    @Test
    void whenTransactionsAreOfAnOlderVersion() throws Exception {
        admin.updateFeatures(
                        Map.of(
                                "transaction.version",
                                new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                        new UpdateFeaturesOptions())
                .all()
                .get();
        await().untilAsserted(() -> assertThatThrownBy(() -> start(true, 4))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("transaction.version is 1, below 2: kafka-features.sh"));
    }

    /** Not a reason to refuse: counting is right, but somebody should know. */
    @Test
    void notWhenTopicsAreMerelyLessSafeThanTheyCouldBe() {
        new Administration(settings("tidemark.", true, 4, 1)).topics(new NewTopics(4, 1, 1, Duration.ofDays(36)));
        List<Finding> found =
                new Administration(settings("tidemark.", false, 4, 3)).topics(new NewTopics(4, 3, 2, Topics.KEPT));
        assertThat(found).noneMatch(finding -> finding.level() == Finding.Level.FAULT);
        assertThat(found)
                .filteredOn(finding -> finding.level() == Finding.Level.WARNING)
                .extracting(Finding::says)
                .anyMatch(says -> says.startsWith("topic tidemark.customers has 1 of 3 replicas"))
                .anyMatch(says -> says.startsWith("topic tidemark.usage keeps events 36 days"));
        assertThat(new Administration(settings("tidemark.", false, 5, 1)).diagnose(Clock.systemUTC()))
                .extracting(Finding::level, Finding::says)
                .anyMatch(row -> row.toString().contains("FAULT, \"topic tidemark.usage has 4 partitions, not 5"));
    }

    private void create(NewTopic topic) throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(topic)).all().get();
        // The controller has it when that returns; the broker, which is asked from now on, hears of it a moment later.
        await().untilAsserted(() -> assertThat(admin.listTopics().names().get()).contains(topic.name()));
    }

    private MeteringApp start(boolean createTopics, int partitions) throws InterruptedException {
        return start(createTopics, partitions, 1);
    }

    private MeteringApp start(boolean createTopics, int partitions, int replicas) throws InterruptedException {
        return start("tidemark.", createTopics, partitions, replicas);
    }

    private MeteringApp start(String prefix, boolean createTopics, int partitions, int replicas)
            throws InterruptedException {
        MeteringSettings settings = settings(prefix, createTopics, partitions, replicas);
        MeteringApp app = MeteringApp.start(settings, Clock.systemUTC());
        while (!app.health().ready()) {
            Thread.sleep(20);
        }
        return app;
    }

    private MeteringSettings settings(String prefix, boolean createTopics, int partitions, int replicas) {
        return new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url()),
                "tidemark",
                prefix,
                partitions,
                replicas,
                createTopics,
                directory.resolve("state"),
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
