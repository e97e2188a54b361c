package io.tidemark.dev.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

/** The compose file as it is, images and all; skipped where there is no Docker. {@link ComposeStackIT} does without. */
@NullMarked
@EnabledIf(value = "io.tidemark.dev.fixtures.Docker#isThere", disabledReason = "there is no Docker engine")
@Testcontainers(disabledWithoutDocker = true)
class ComposeImagesIT {
    private static final String OPERATOR = "a-key-of-the-operator";
    private static final int PORT = 8080;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Container
    private static final ComposeContainer STACK = new ComposeContainer(
                    Path.of("..", "docker-compose.yml").toFile())
            .withEnv("TIDEMARK_BOOTSTRAP_KEY", OPERATOR)
            .withEnv("TIDEMARK_PEER_SECRET", "what both instances share for a test")
            .withBuild(true)
            .withExposedService(
                    "tidemark-1", PORT, Wait.forHttp("/health/ready").withStartupTimeout(PATIENCE))
            .withExposedService(
                    "tidemark-2", PORT, Wait.forHttp("/health/ready").withStartupTimeout(PATIENCE));

    @Test
    void twoInstancesAnswerTheSame() throws Exception {
        Api first = api("tidemark-1", OPERATOR);
        String key = first.createKey("acme", "read");
        String question = "/api/v1/usage/by-customer?period=1d";
        // The schemas may be registered a moment after an instance is ready. The same id counts once.
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            send();
            JsonNode here = api("tidemark-1", key).json(question);
            JsonNode there = api("tidemark-2", key).json(question);
            assertThat(here.path("complete").asBoolean()).isTrue();
            assertThat(here.path("totals").path("credits").asText()).isEqualTo("0.1");
            assertThat(there.path("totals")).isEqualTo(here.path("totals"));
        });
    }

    private static void send() throws Exception {
        STACK.getContainerByServiceName("tidemark-1")
                .orElseThrow()
                .execInContainer(
                        "java",
                        "-cp",
                        "/opt/tidemark/lib/*",
                        "io.tidemark.query.Main",
                        "send",
                        "request",
                        "--id",
                        "1",
                        "--customer",
                        "c1",
                        "--credits",
                        "0.1",
                        "--tenant",
                        "acme");
    }

    private static Api api(String service, String key) {
        return new Api(
                "http://" + STACK.getServiceHost(service, PORT) + ":" + STACK.getServicePort(service, PORT), key);
    }
}
