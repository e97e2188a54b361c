package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.TestRegistry;
import io.tidemark.events.RequestEvent;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a start leaves in the registry, and what it finds there. */
@NullMarked
@Timeout(240)
class SubjectsIT {
    private static final List<String> SUBJECTS = List.of(
            "tidemark.requests-value", "tidemark.usage-value", "tidemark.customers-value", "tidemark.usage-feed-value");
    private static final AvroSchema FOREIGN = new AvroSchema(new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"RequestEvent\",\"namespace\":\"io.tidemark.events\",\"fields\":["
                    + "{\"name\":\"id\",\"type\":\"long\"}]}"));

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private TestRegistry registry;
    private SchemaRegistryClient client;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = TestRegistry.start(directory.resolve("registry"), broker.bootstrapServers(), 0);
        client = new CachedSchemaRegistryClient(registry.url(), 100);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        registry.close();
        broker.close();
    }

    @Test
    void areThereOnceHoweverOftenItStarts() throws Exception {
        start().close();
        start().close();
        assertThat(client.getAllSubjects()).containsAll(SUBJECTS);
        for (String subject : SUBJECTS) {
            assertThat(client.getAllVersions(subject)).as(subject).hasSize(1);
        }
        var known = new AvroSchema(RequestEvent.getClassSchema());
        int id = client.getId(SUBJECTS.get(0), known);
        assertThat(client.getLatestSchemaMetadata(SUBJECTS.get(0)).getId()).isEqualTo(id);
        assertThat(new AvroSchema(client.getSchemaById(id).canonicalString()).rawSchema())
                .isEqualTo(RequestEvent.getClassSchema());
    }

    @Test
    void refuseAStartWhoseSchemaIsNoSuccessor() throws Exception {
        client.register(SUBJECTS.get(0), FOREIGN);
        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("subject tidemark.requests-value holds a schema that ours is no successor of");
    }

    private MeteringApp start() throws InterruptedException {
        var settings = new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url()),
                "tidemark",
                "tidemark.",
                2,
                1,
                true,
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
        MeteringApp app = MeteringApp.start(settings, Clock.systemUTC());
        while (!app.health().ready()) {
            Thread.sleep(20);
        }
        return app;
    }
}
