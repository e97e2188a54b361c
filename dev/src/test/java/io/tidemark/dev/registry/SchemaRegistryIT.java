package io.tidemark.dev.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.dev.broker.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecordBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drives the registry with Confluent's own client, which is what our producers use. */
@Timeout(240)
final class SchemaRegistryIT {
    private static final AvroSchema ONE = schema("{\"name\":\"a\",\"type\":\"string\"}");
    private static final AvroSchema TWO =
            schema("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"b\",\"type\":\"int\",\"default\":0}");
    private static final AvroSchema BREAKING =
            schema("{\"name\":\"a\",\"type\":\"string\"},{\"name\":\"c\",\"type\":\"int\"}");

    @TempDir
    private Path directory;

    private EmbeddedBroker broker;
    private SchemaRegistryServer registry;
    private SchemaRegistryClient client;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(directory, 0);
        var began = System.nanoTime();
        registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0);
        System.err.printf("SchemaRegistryServer: %d ms%n", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        client = new CachedSchemaRegistryClient(registry.url(), 100);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        registry.close();
        broker.close();
    }

    private void restart() throws IOException {
        close();
        open();
    }

    @Test
    void carriesRecordsOfConfluentsSerializer() throws Exception {
        var settings = Map.of("schema.registry.url", registry.url());
        var written = new GenericRecordBuilder(TWO.rawSchema())
                .set("a", "x")
                .set("b", 7)
                .build();
        try (var serializer = new KafkaAvroSerializer();
                var deserializer = new KafkaAvroDeserializer()) {
            serializer.configure(settings, false);
            deserializer.configure(settings, false);
            var bytes = serializer.serialize("orders", written);
            assertThat(bytes).startsWith(0, 0, 0, 0, 1);
            assertThat(deserializer.deserialize("orders", bytes)).isEqualTo(written);
        }
        assertThat(client.getAllSubjects()).containsExactly("orders-value");
    }

    @Test
    void givesTheSameSchemaTheSameIdEverywhere() throws Exception {
        assertThat(client.register("s", ONE)).isEqualTo(1);
        client.reset();
        assertThat(client.register("s", ONE)).isEqualTo(1);
        assertThat(client.register("other", ONE)).isEqualTo(1);
        assertThat(client.register("s", TWO)).isEqualTo(2);
        assertThat(client.getAllVersions("s")).containsExactly(1, 2);
        assertThat(client.getAllSubjectsById(1)).containsExactlyInAnyOrder("other", "s");
        assertThat(client.getAllVersionsById(1)).hasSize(2);
        assertThat(client.getSchemaById(2)).isEqualTo(TWO);
        assertThat(client.getLatestSchemaMetadata("s").getVersion()).isEqualTo(2);
        assertThat(client.getVersion("s", ONE)).isEqualTo(1);
        assertThat(client.getId("s", TWO)).isEqualTo(2);
    }

    @Test
    void takesSubjectsWithSlashesColonsAndSpaces() throws Exception {
        var subject = "a/b:c d+e%2F-value";
        client.register(subject, ONE);
        assertThat(client.getAllSubjects()).containsExactly(subject);
        assertThat(client.getAllVersions(subject)).containsExactly(1);
        assertThat(client.getAllSubjectsByPrefix("a/b:")).containsExactly(subject);
        assertThat(client.getAllSubjectsByPrefix("b")).isEmpty();
    }

    @Test
    void refusesAnIncompatibleSchemaAndSaysWhy() throws Exception {
        client.register("s", ONE);
        refused(409, 409, "READER_FIELD_MISSING_DEFAULT_VALUE", () -> client.register("s", BREAKING));
        assertThat(client.testCompatibility("s", TWO)).isTrue();
        assertThat(client.testCompatibility("s", BREAKING)).isFalse();
        assertThat(client.testCompatibilityVerbose("s", TWO)).isEmpty();
        assertThat(client.testCompatibilityVerbose("s", BREAKING).toString()).contains("'c'", "BACKWARD");
    }

    @Test
    void answersWithConfluentsCodesForWhatIsMissing() throws Exception {
        refused(404, 40401, "none", () -> client.getAllVersions("none"));
        refused(404, 40401, "none", () -> client.getLatestSchemaMetadata("none"));
        refused(404, 40403, "17", () -> client.getSchemaById(17));
        client.register("s", ONE);
        refused(404, 40402, "9", () -> client.getSchemaMetadata("s", 9));
        refused(404, 40403, "", () -> client.getId("s", TWO));
        refused(404, 40408, "s", () -> client.getCompatibility("s"));
        refused(404, 40409, "s", () -> client.getMode("s"));
    }

    @Test
    void deletesSoftlyFirstAndThenForGood() throws Exception {
        client.register("s", ONE);
        client.register("s", TWO);
        refused(404, 40405, "s", () -> client.deleteSubject("s", true));
        refused(404, 40407, "Version 1", () -> client.deleteSchemaVersion("s", "1", true));
        assertThat(client.deleteSchemaVersion("s", "1")).isEqualTo(1);
        refused(404, 40406, "Version 1", () -> client.deleteSchemaVersion("s", "1"));
        assertThat(client.getAllVersions("s")).containsExactly(2);
        assertThat(client.getAllVersions("s", true)).containsExactly(1, 2);
        assertThat(client.deleteSubject("s")).containsExactly(2);
        refused(404, 40404, "s", () -> client.deleteSubject("s"));
        assertThat(client.getAllSubjects()).isEmpty();
        assertThat(client.getAllSubjects(true)).containsExactly("s");
        client.reset();
        assertThat(client.getSchemaById(1)).isEqualTo(ONE);
        assertThat(client.deleteSubject("s", true)).containsExactly(1, 2);
        client.reset();
        assertThat(client.getAllSubjects(true)).isEmpty();
        refused(404, 40403, "1", () -> client.getSchemaById(1));
    }

    @Test
    void keepsLevelsAndModes() throws Exception {
        assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD");
        assertThat(client.updateCompatibility("s", "none")).isEqualTo("NONE");
        client.register("s", ONE);
        client.register("s", BREAKING);
        assertThat(client.updateCompatibility(null, "FULL_TRANSITIVE")).isEqualTo("FULL_TRANSITIVE");
        assertThat(client.getCompatibility("s")).isEqualTo("NONE");
        client.deleteCompatibility("s");
        refused(404, 40408, "s", () -> client.getCompatibility("s"));
        refused(422, 42203, "backward", () -> client.updateCompatibility("s", "SIDEWAYS"));

        assertThat(client.getMode()).isEqualTo("READWRITE");
        assertThat(client.setMode("READONLY", "s")).isEqualTo("READONLY");
        refused(422, 42205, "read-only", () -> client.register("s", TWO));
        refused(422, 42205, "read-only", () -> client.deleteSubject("s"));
        refused(422, 42204, "READWRITE", () -> client.setMode("SOMEHOW", "s"));
        assertThat(client.register("t", TWO)).isEqualTo(3);
    }

    @Test
    void knowsEverythingAfterARestart() throws Exception {
        client.register("s", ONE);
        client.register("s", TWO);
        client.register("t", BREAKING);
        client.updateCompatibility("s", "FULL");
        client.updateCompatibility(null, "FORWARD");
        client.setMode("READONLY", "s");
        client.deleteSubject("t");
        client.deleteSubject("t", true);
        restart();
        assertThat(client.getAllVersions("s")).containsExactly(1, 2);
        assertThat(client.getSchemaById(2)).isEqualTo(TWO);
        assertThat(client.getCompatibility("s")).isEqualTo("FULL");
        assertThat(client.getCompatibility(null)).isEqualTo("FORWARD");
        assertThat(client.getMode("s")).isEqualTo("READONLY");
        assertThat(client.getAllSubjects(true)).containsExactly("s");
        assertThat(client.register("u", BREAKING)).as("3 was given out before").isEqualTo(4);
    }

    @Test
    void refusesATakenPortAndNamesIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SchemaRegistryServer.start(broker.bootstrapServers(), taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort());
        }
    }

    private static void refused(int status, int code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .hasMessageContaining(message)
                .asInstanceOf(type(RestClientException.class))
                .satisfies(it ->
                        assertThat(List.of(it.getStatus(), it.getErrorCode())).containsExactly(status, code));
    }

    private static AvroSchema schema(String fields) {
        return new AvroSchema("{\"type\":\"record\",\"name\":\"R\",\"fields\":[" + fields + "]}");
    }
}
