package io.tidemark.dev.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} as a process of its own, against a broker and a registry that are somewhere else. */
@NullMarked
@Timeout(240)
class ServeIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";

    @TempDir
    private Path directory;

    @Test
    void countsWhatIsThereAndStopsWhenTold() throws Exception {
        try (var backing = Backing.in(directory.resolve("kafka"));
                var serve = ServeProcess.start(
                        backing.kafka(),
                        backing.registry(),
                        directory.resolve("state"),
                        Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY, "TIDEMARK_DRAIN", "2m"),
                        "--create-topics")) {
            Api operator = serve.api(BOOTSTRAP_KEY);
            assertThat(operator.get("/health/startup").statusCode()).isEqualTo(200);
            String key = operator.createKey("acme", "read");
            String otherKey = operator.createKey("other", "read");
            String writerKey = operator.createKey("acme", "write");
            send(backing, "acme", "c1");
            send(backing, "other", "c2");
            send(backing, "nobody", "c3");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(serve.api(key)
                                    .get("/api/v1/customers/c1/usage")
                                    .statusCode())
                            .isEqualTo(200));
            answersEachTenantItsOwn(serve, key, otherKey, writerKey);
            rejectsTenantsNobodyKnows(serve);
            answersOnForAWhileOnceItIsToldToStop(serve, operator);
        }
    }

    private static void answersOnForAWhileOnceItIsToldToStop(ServeProcess serve, Api operator) throws Exception {
        serve.tellToStop();
        await().untilAsserted(
                        () -> assertThat(operator.get("/health/ready").body()).contains("\"closing\""));
        assertThat(operator.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(operator.get("/admin/tenants").statusCode()).isEqualTo(200);
        assertThat(serve.stop()).as("told again").isLessThan(Duration.ofSeconds(5));
        assertThat(serve.end()).isZero();
    }

    @Test
    void beginsWithABootstrapKeyThatLastsAsLongAsItIsSet() throws Exception {
        try (var dev = DevProcess.start(directory.resolve("dev"))) {
            String key;
            try (var serve = ServeProcess.start(
                    dev, directory.resolve("state"), Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY))) {
                Api operator = serve.api(BOOTSTRAP_KEY);
                key = operator.createKey("acme", "read");
                assertThat(operator.get("/admin/tenants").body()).contains("\"acme\"", "\"demo\"");
                assertThat(operator.get("/admin/api-keys").body()).doesNotContain(BOOTSTRAP_KEY, key);
                assertThat(operator.get("/api/v1/usage/by-customer").statusCode())
                        .isEqualTo(403);
                assertThat(dev.api().get("/admin/api-keys").body())
                        .as("nothing of it is written")
                        .contains("acme")
                        .doesNotContain("null,\"scopes\"");
                assertThat(serve.stop()).isLessThan(Duration.ofSeconds(5));
                assertThat(serve.end()).as("a clean stop").isZero();
            }
            try (var serve = ServeProcess.start(dev, directory.resolve("state"), Map.of())) {
                assertThat(serve.api(BOOTSTRAP_KEY).get("/admin/api-keys").statusCode())
                        .isEqualTo(401);
                assertThat(serve.api(key).get("/api/v1/usage/by-customer").statusCode())
                        .as("what it made outlives it")
                        .isEqualTo(200);
            }
        }
    }

    private static void answersEachTenantItsOwn(ServeProcess serve, String key, String otherKey, String writerKey)
            throws Exception {
        String url = serve.http();
        JsonNode own = new Api(url, key).json("/api/v1/customers/c1/usage");
        assertThat(own.get("credits").asText()).isEqualTo("0.000000001");
        var foreign = new Api(url, otherKey).get("/api/v1/customers/c1/usage");
        var unknown = new Api(url, key).get("/api/v1/customers/c1x/usage");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(withoutRequestId(foreign.body()).replace("c1/", "c1x/")).isEqualTo(withoutRequestId(unknown.body()));
        assertThat(new Api(url, key).get("/api/v1/apps/other/usage/by-customer").statusCode())
                .isEqualTo(404);
        assertThat(new Api(url, "a-key-nobody-gave-out")
                        .get("/api/v1/usage/by-customer")
                        .statusCode())
                .isEqualTo(401);
        assertThat(new Api(url, writerKey).get("/api/v1/usage/by-customer").statusCode())
                .isEqualTo(403);
    }

    private static String withoutRequestId(String problem) {
        return problem.replaceFirst(",\"request_id\":\"[^\"]*\"", "");
    }

    private static void rejectsTenantsNobodyKnows(ServeProcess serve) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            String metrics = serve.api("").get("/metrics").body();
            assertThat(metrics).contains("tidemark_rejections_total{reason=\"unknown_tenant\"} 1.0");
        });
    }

    private static void send(Backing backing, String tenant, String customer) {
        try (var publisher =
                KafkaEventPublisher.connect(new Connection(backing.kafka(), backing.registry()), "tidemark.")) {
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
}
