package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.events.Customer;
import io.tidemark.events.RequestEvent;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployment that counts anew, under another application id, has the same totals, and the same customers by the same
 * UUIDs, names and addresses.
 */
@NullMarked
@Timeout(180)
class AnotherDeploymentTakesOverIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final int CUSTOMERS = 30;

    @TempDir
    private Path directory;

    @Test
    void keepsCustomersAndCountsTheSame() throws Exception {
        try (var backing = Backing.in(directory.resolve("kafka"))) {
            String key;
            Map<String, Customer> before;
            JsonNode usage;
            try (var first = serve(backing, "first")) {
                key = first.api(BOOTSTRAP_KEY).createKey("acme", "read\",\"write");
                Api api = first.api(key);
                await().until(() -> api.get("/api/v1/customers").statusCode() == 200);
                assertThat(api.send(
                                        "POST",
                                        "/api/v1/customers",
                                        "{\"external_id\":\"c0\",\"name\":\"Ada\",\"email\":\"ada@x.org\"}")
                                .statusCode())
                        .isEqualTo(201);
                send(backing);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> customers(backing).size() == CUSTOMERS
                                && customers(backing).values().stream().allMatch(one -> one.getLastSeenAt() != null));
                before = customers(backing);
                usage = usage(api);
                first.stop();
            }
            try (var second = serve(backing, "second")) {
                Api api = second.api(key);
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(usage(api)).isEqualTo(usage));
                await().pollDelay(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(customers(backing)).isEqualTo(before));
                assertThat(api.send("POST", "/api/v1/customers", "{\"external_id\":\"new\",\"email\":\"ADA@x.org\"}")
                                .statusCode())
                        .as("the directory knows whose address it is")
                        .isEqualTo(409);
                assertThat(api.send("PATCH", "/api/v1/customers/c0", "{\"name\":\"Ada L.\"}")
                                .statusCode())
                        .isEqualTo(200);
                assertThat(api.json("/api/v1/customers/c0").get("version").asInt())
                        .isEqualTo(2);
                second.stop();
            }
        }
    }

    private ServeProcess serve(Backing backing, String application) throws Exception {
        return ServeProcess.start(
                backing.kafka(),
                backing.registry(),
                directory.resolve(application),
                Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY),
                "--create-topics",
                "--application-id",
                application);
    }

    private static void send(Backing backing) {
        try (var producers = new Producers(backing.kafka(), backing.registry())) {
            for (int i = 0; i < CUSTOMERS * 5; i++) {
                producers.send(
                        RequestEvent.newBuilder()
                                .setId("r" + i)
                                .setTenantId("acme")
                                .setExternalCustomerId("c" + i % CUSTOMERS)
                                .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                                .setCredits(new BigDecimal("0.100000000"))
                                .setCost(new BigDecimal("0.000000000"))
                                .build(),
                        Placing.JAVA);
            }
            producers.flush();
        }
    }

    private static Map<String, Customer> customers(Backing backing) {
        return Compacted.latest(backing.kafka(), backing.registry(), "tidemark.customers", Customer.class);
    }

    private static JsonNode usage(Api api) throws Exception {
        return api.json("/api/v1/usage/by-customer?period=this_month&sort_by=external_id&limit=1000")
                .get("data");
    }
}
