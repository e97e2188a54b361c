package io.tidemark.dev.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.ComposeFile;
import io.tidemark.dev.fixtures.ComposeFile.Service;
import io.tidemark.dev.fixtures.ImageDirectory;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.observability.Provisioned;
import io.tidemark.dev.observability.Scraping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docker compose up} starts, without Docker: the image's own files, run with exactly the commands and the
 * environment of the compose file. Replaced are only the names of hosts and, as they share a host here, the port that
 * both instances listen at and the directory of their volume.
 */
@NullMarked
@Timeout(400)
class ComposeStackIT {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final String OPERATOR = "a-key-of-the-operator";
    private static final Map<String, String> KEY = Map.of(
            "TIDEMARK_BOOTSTRAP_KEY", OPERATOR, ServeProcess.PEER_SECRET, "what both instances share for a test");
    private static final int CUSTOMERS = 30;
    private static final List<String> WATCHING = List.of("prometheus", "grafana");
    private static final List<String> INSTANCES = List.of("tidemark-1", "tidemark-2");

    @TempDir
    private static Path directory;

    private static ImageDirectory image;
    private static ComposeFile compose;

    @BeforeAll
    static void build() throws Exception {
        compose = ComposeFile.read(CHECKOUT.resolve("docker-compose.yml"));
        image = ImageDirectory.of(CHECKOUT, Files.createDirectories(directory.resolve("image")));
    }

    @Test
    void theImageIsSmallAndHasNoBroker() throws Exception {
        assertThat(image.stages()).containsExactly("eclipse-temurin:25-jdk AS build", "eclipse-temurin:25-jre");
        assertThat(image.user()).isEqualTo("10001:10001");
        assertThat(image.classPath())
                .anyMatch(name -> name.startsWith("query-service-"))
                .anyMatch(name -> name.startsWith("streams-app-"))
                .anyMatch(name -> name.startsWith("rocksdbjni-"))
                .noneMatch(
                        name -> name.matches("(dev|kafka_2|kafka-server|kafka-metadata|junit|benchmarks|snakeyaml).*"))
                .doesNotHaveDuplicates();
        Process dev = image.start(List.of("dev"), Map.of());
        assertThat(dev.waitFor()).as("there is no command dev").isEqualTo(2);
    }

    @Test
    void nothingListensBeyondThisMachineAndEverythingIsKept() {
        assertThat(compose.services())
                .containsExactly("kafka", "registry", "tidemark-1", "tidemark-2", "prometheus", "grafana");
        for (String name : compose.services()) {
            Service service = compose.service(name, KEY);
            assertThat(service.ports()).allMatch(port -> port.startsWith("127.0.0.1:"));
            assertThat(service.image()).matches("[a-z/-]+:v?\\d.*").doesNotContain("latest");
            assertThat(service.volumes()).allMatch(ComposeStackIT::isKeptOrOfTheCheckout);
        }
        assertThat(compose.volumes()).containsExactly("kafka", "prometheus", "state-1", "state-2");
        assertThat(INSTANCES)
                .allMatch(name -> compose.service(name, KEY).volumes().size() == 1);
    }

    /** A volume of its own, or a directory that is there and that nothing in a container may change. */
    private static boolean isKeptOrOfTheCheckout(String volume) {
        String[] parts = volume.split(":", -1);
        return compose.volumes().contains(parts[0])
                || (parts[0].startsWith("./")
                        && Files.isDirectory(CHECKOUT.resolve(parts[0]))
                        && parts.length == 3
                        && parts[2].equals("ro"));
    }

    @Test
    void whatWatchesIsThereOnRequestAndScrapesBothInstances() throws Exception {
        for (String name : compose.services()) {
            assertThat(compose.service(name, KEY).profiles())
                    .as(name)
                    .isEqualTo(WATCHING.contains(name) ? List.of("observability") : List.of());
        }
        assertThat(compose.service("prometheus", KEY).volumes())
                .contains("./observability/prometheus:/etc/prometheus:ro");
        assertThat(compose.service("grafana", KEY).volumes())
                .contains(
                        "./observability/grafana/provisioning:/etc/grafana/provisioning:ro",
                        "./observability/grafana/dashboards:" + Provisioned.boards() + ":ro");
        var scraping = Scraping.read();
        assertThat(scraping.targets())
                .containsExactlyInAnyOrderElementsOf(
                        INSTANCES.stream().map(name -> name + ":8080").toList());
        assertThat(Provisioned.prometheus())
                .as("what Grafana asks")
                .isEqualTo("http://prometheus:9090")
                .matches(url -> compose.services().contains("prometheus"));
    }

    @Test
    void twoInstancesAnswerTheSame() throws Exception {
        try (var backing = Backing.in(directory.resolve("kafka"))) {
            Process one = start("tidemark-1", backing);
            Process two = start("tidemark-2", backing);
            try {
                Api first = ready(one);
                Api second = ready(two);
                String key = first.createKey("acme", "read");
                send(backing);
                sameAtBoth(new Api(first.base(), key), new Api(second.base(), key));
            } finally {
                one.destroyForcibly();
                two.destroyForcibly();
            }
        }
    }

    private static void sameAtBoth(Api first, Api second) {
        String question = "/api/v1/usage/by-customer?period=1d&limit=100&sort_by=external_id";
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
            JsonNode here = first.json(question);
            JsonNode there = second.json(question);
            assertThat(here.path("complete").asBoolean()).isTrue();
            assertThat(there.path("complete").asBoolean()).isTrue();
            assertThat(here.path("totals").path("customers").asInt()).isEqualTo(CUSTOMERS);
            assertThat(here.path("totals").path("credits").asText()).isEqualTo("3");
            assertThat(there.path("totals")).isEqualTo(here.path("totals"));
            assertThat(there.path("data")).isEqualTo(here.path("data"));
        });
    }

    private static void send(Backing backing) throws Exception {
        var lines = new StringBuilder();
        for (int i = 0; i < CUSTOMERS; i++) {
            lines.append("{\"external_customer_id\": \"customer-" + i + "\", \"credits\": 0.1}\n");
        }
        Path file = Files.writeString(directory.resolve("events.ndjson"), lines);
        Process sending = image.start(
                List.of("send", "request", "--file", file.toString(), "--tenant", "acme"),
                Map.of("TIDEMARK_KAFKA", backing.kafka(), "TIDEMARK_REGISTRY", backing.registry()));
        assertThat(sending.waitFor()).isZero();
    }

    private static Process start(String name, Backing backing) throws IOException {
        Service service = compose.service(name, KEY);
        var environment = new HashMap<String, String>();
        service.environment()
                .forEach((variable, value) -> environment.put(
                        variable,
                        value.replace("kafka:19092", backing.kafka())
                                .replace("http://registry:8080/apis/ccompat/v7", backing.registry())));
        assertThat(environment.values()).contains(backing.kafka(), backing.registry());
        // On one machine, where the names of the services mean nothing.
        assertThat(environment).containsEntry("TIDEMARK_PEER_ADVERTISED", name);
        environment.put("TIDEMARK_PEER_ADVERTISED", "localhost");
        assertThat(environment.get("TIDEMARK_PEER_ALLOW")).contains(name);
        environment.put("TIDEMARK_PEER_ALLOW", "localhost");
        environment.put("TIDEMARK_PEER_PORT", "0");
        environment.put("TIDEMARK_HTTP_PORT", "0");
        environment.put("TIDEMARK_STATE_DIR", directory.resolve(name).toString());
        return image.start(service.command(), environment);
    }

    private static Api ready(Process process) throws Exception {
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith("ready http=http://0.0.0.0:");
        String port = line.substring(line.lastIndexOf(':') + 1);
        assertThat(image.health(Map.of("TIDEMARK_HTTP_PORT", port))).isZero();
        assertThat(image.health(Map.of("TIDEMARK_HTTP_PORT", "1")))
                .as("control: nobody there")
                .isEqualTo(1);
        return new Api("http://127.0.0.1:" + port, OPERATOR);
    }
}
