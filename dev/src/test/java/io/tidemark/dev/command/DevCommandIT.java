package io.tidemark.dev.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.schemas.Topic;
import io.tidemark.schemas.Topics;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
@Timeout(240)
class DevCommandIT {
    @TempDir
    private Path directory;

    @Test
    void isReadyWhenTopicsAndSubjectsExistAndQuestionsAreAnswered() throws Exception {
        try (var dev = DevProcess.start(directory)) {
            assertThat(dev.api()
                            .json("/api/v1/usage/by-customer")
                            .get("complete")
                            .asBoolean())
                    .as("every partition answers")
                    .isTrue();
            dev.stop();
        }
        try (var dev = DevProcess.start(directory);
                var admin = Admin.create(Map.of("bootstrap.servers", dev.kafka()));
                var registry = new CachedSchemaRegistryClient(dev.registry(), 10)) {
            assertThat(dev.api()
                            .json("/api/v1/usage/by-customer")
                            .get("complete")
                            .asBoolean())
                    .as("also at a restart")
                    .isTrue();
            Topics topics = Topics.withPrefix("tidemark.");
            assertThat(admin.listTopics().names().get())
                    .containsAll(topics.all().stream().map(Topic::name).toList());
            assertThat(registry.getAllSubjects())
                    .containsExactlyInAnyOrder(
                            "tidemark.requests-value",
                            "tidemark.usage-value",
                            "tidemark.customers-value",
                            "tidemark.usage-feed-value");
            assertThat(dev.api().get("/api/v1/usage/by-customer").statusCode()).isEqualTo(200);
            assertThat(dev.api().get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(dev.key()).startsWith("tm_dev_");
            assertThat(dev.tenant()).isEqualTo("demo");
            keepsTheKeyForItsOwnerAlone(dev);
            refusesASecondOnTheSameDirectory(dev);
        }
    }

    private void keepsTheKeyForItsOwnerAlone(DevProcess dev) throws Exception {
        Path key = directory.resolve("dev.key");
        assertThat(Files.readString(key).strip()).isEqualTo(dev.key());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    private void refusesASecondOnTheSameDirectory(DevProcess dev) throws Exception {
        Process second = DevProcess.launch(directory, ProcessBuilder.Redirect.PIPE);
        String said = new String(second.getErrorStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(said).contains("another dev runs on").doesNotContain("\tat ");
        assertThat(dev.api().get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void takesATenantAndAKey() throws Exception {
        try (var dev = DevProcess.start(directory, "--tenant", "acme", "--api-key", "a-key-of-my-own-choice")) {
            assertThat(dev.tenant()).isEqualTo("acme");
            assertThat(dev.key()).isEqualTo("a-key-of-my-own-choice");
            assertThat(dev.api().get("/api/v1/apps/acme/usage/by-customer").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (var taken = new ServerSocket(0)) {
            for (String option : new String[] {"--http-port", "--kafka-port", "--registry-port"}) {
                Process process = DevProcess.launch(
                        directory, ProcessBuilder.Redirect.PIPE, option, Integer.toString(taken.getLocalPort()));
                String said = new String(process.getErrorStream().readAllBytes(), UTF_8);
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).as(option).isEqualTo(1);
                assertThat(said)
                        .as(option)
                        .contains(Integer.toString(taken.getLocalPort()))
                        .doesNotContain("\tat ");
            }
        }
    }
}
