package io.tidemark.dev.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.ChildJava;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered before {@code kill -9} is there after it. */
@Timeout(240)
final class KillIT {
    private static final int SCHEMAS = 20;

    @TempDir
    private Path directory;

    @Test
    void losesNothingThatWasAnswered() throws Exception {
        var child = start();
        try (var output = child.inputReader()) {
            register(output.readLine());
            // By its handle: the process's own method closes the stream we are about to read.
            child.toHandle().destroyForcibly();
            child.waitFor();
            assertThat(output.readLine()).as("nothing else on standard output").isNull();
        } finally {
            child.destroyForcibly();
        }
        var began = System.nanoTime();
        try (var broker = EmbeddedBroker.start(directory, 0);
                var registry = SchemaRegistryServer.start(broker.bootstrapServers(), 0)) {
            var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            System.err.printf("EmbeddedBroker and SchemaRegistryServer after a kill: %d ms%n", millis);
            verify(registry.url());
        }
    }

    private Process start() throws IOException {
        List<String> command = ChildJava.command(RunsUntilKilled.class.getName());
        command.add(directory.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void register(String url) throws Exception {
        try (var client = new CachedSchemaRegistryClient(url, 100)) {
            for (int i = 1; i <= SCHEMAS; i++) {
                assertThat(client.register("s" + i, schema(i))).isEqualTo(i);
            }
            client.updateCompatibility("s1", "FULL");
            client.deleteSubject("s" + SCHEMAS);
        }
    }

    private static void verify(String url) throws Exception {
        try (var client = new CachedSchemaRegistryClient(url, 100)) {
            for (int i = 1; i <= SCHEMAS; i++) {
                assertThat(client.getSchemaById(i)).isEqualTo(schema(i));
            }
            assertThat(client.getAllSubjects()).hasSize(SCHEMAS - 1).doesNotContain("s" + SCHEMAS);
            assertThat(client.getCompatibility("s1")).isEqualTo("FULL");
            assertThat(client.register("next", schema(99))).isEqualTo(SCHEMAS + 1);
        }
    }

    private static AvroSchema schema(int number) {
        return new AvroSchema("{\"type\":\"fixed\",\"name\":\"F\",\"size\":" + number + "}");
    }
}
