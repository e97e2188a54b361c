package io.tidemark.dev.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.query.keys.KeyHash;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own, against a broker and a registry that are somewhere else. */
@NullMarked
@Timeout(90)
class ServeIT {
    private static final String KEY = "a-key-that-reads-for-acme";
    private static final String OTHER_KEY = "a-key-that-reads-for-other";
    private static final String WRITER_KEY = "a-key-that-may-not-read";

    @TempDir
    private Path directory;

    @Test
    void countsWhatIsThereAndStopsWhenTold() throws Exception {
        try (var dev = DevProcess.start(directory.resolve("dev"))) {
            send(dev, "acme", "c1");
            send(dev, "other", "c2");
            send(dev, "nobody", "c3");
            Process serve = serve(dev);
            try {
                String url = readyUrl(serve);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(new Api(url, KEY)
                                        .get("/api/v1/customers/c1/usage")
                                        .statusCode())
                                .isEqualTo(200));
                answersEachTenantItsOwn(url);
                rejectsTenantsNobodyHasAKeyOf(url);
                long began = System.nanoTime();
                serve.toHandle().destroy();
                assertThat(serve.waitFor(5, TimeUnit.SECONDS))
                        .as("stopped after %d ms", (System.nanoTime() - began) / 1_000_000)
                        .isTrue();
            } finally {
                serve.destroyForcibly();
            }
        }
    }

    private static void answersEachTenantItsOwn(String url) throws Exception {
        JsonNode own = new Api(url, KEY).json("/api/v1/customers/c1/usage");
        assertThat(own.get("credits").asText()).isEqualTo("0.000000001");
        var foreign = new Api(url, OTHER_KEY).get("/api/v1/customers/c1/usage");
        var unknown = new Api(url, KEY).get("/api/v1/customers/c1x/usage");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body().replace("c1/", "c1x/")).isEqualTo(unknown.body());
        assertThat(new Api(url, KEY).get("/api/v1/apps/other/usage/by-customer").statusCode())
                .isEqualTo(404);
        assertThat(new Api(url, "a-key-nobody-gave-out")
                        .get("/api/v1/usage/by-customer")
                        .statusCode())
                .isEqualTo(401);
        assertThat(new Api(url, WRITER_KEY).get("/api/v1/usage/by-customer").statusCode())
                .isEqualTo(403);
    }

    private static void rejectsTenantsNobodyHasAKeyOf(String url) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            String metrics = new Api(url, KEY).get("/metrics").body();
            assertThat(metrics).contains("tidemark_rejections_total{reason=\"unknown_tenant\"} 1.0");
        });
    }

    private static void send(DevProcess dev, String tenant, String customer) {
        try (var publisher = KafkaEventPublisher.connect(dev.kafka(), dev.registry(), "tidemark.", Map.of())) {
            publisher.publish(
                    EventKind.REQUEST,
                    Map.of(
                            "id",
                            "1",
                            "tenant_id",
                            tenant,
                            "external_customer_id",
                            customer,
                            "occurred_at",
                            Instant.now(),
                            "credits",
                            new BigDecimal("0.000000001")));
        }
    }

    private Process serve(DevProcess dev) throws Exception {
        Path keys = directory.resolve("keys");
        Files.writeString(
                keys,
                KeyHash.of(KEY).hex() + " acme read\n"
                        + KeyHash.of(OTHER_KEY).hex() + " other read\n"
                        + KeyHash.of(WRITER_KEY).hex() + " acme write\n");
        return DevProcess.tidemark(
                new ArrayList<>(List.of(
                        "serve",
                        "--kafka",
                        dev.kafka(),
                        "--registry",
                        dev.registry(),
                        "--keys-file",
                        keys.toString(),
                        "--application-id",
                        "another",
                        "--replication-factor",
                        "1",
                        "--state-dir",
                        directory.resolve("state").toString(),
                        "--http-port",
                        "0")),
                ProcessBuilder.Redirect.INHERIT);
    }

    private static String readyUrl(Process serve) throws Exception {
        String line =
                new java.io.BufferedReader(new java.io.InputStreamReader(serve.getInputStream(), UTF_8)).readLine();
        assertThat(line).startsWith("ready http=http://127.0.0.1:");
        return line.substring("ready http=".length());
    }
}
