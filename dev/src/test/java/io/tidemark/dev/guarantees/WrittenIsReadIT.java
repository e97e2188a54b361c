package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.ServeProcess;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was written over HTTP at one of two instances is in the next answer of either, if the answer is asked for from the write's
 * position on; and who waits hears what became of each event, at whichever instance.
 */
@NullMarked
@Timeout(240)
class WrittenIsReadIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final int WRITERS = 25;
    private static final int ROUNDS = 40;
    private static final int UNPOSITIONED = 4;
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    @TempDir
    private static Path directory;

    private static final List<ServeProcess> INSTANCES = new ArrayList<>();
    private static final List<Api> APIS = new ArrayList<>();
    private static Backing backing;

    @BeforeAll
    static void start() throws Exception {
        backing = Backing.in(directory.resolve("kafka"));
        for (int i = 0; i < 2; i++) {
            INSTANCES.add(ServeProcess.start(
                    backing.kafka(),
                    backing.registry(),
                    directory.resolve("state" + i),
                    Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY),
                    "--create-topics"));
        }
        String key = INSTANCES.get(0).api(BOOTSTRAP_KEY).createKey("acme", "read\",\"ingest");
        INSTANCES.forEach(instance -> APIS.add(instance.api(key)));
        for (Api api : APIS) {
            await().atMost(Duration.ofSeconds(60)).until(() -> isWhole(api));
        }
    }

    @AfterAll
    static void stop() {
        INSTANCES.forEach(ServeProcess::close);
        backing.close();
    }

    private static boolean isWhole(Api api) throws Exception {
        HttpResponse<String> answer = api.get("/v1/usage/by-customer");
        return answer.statusCode() == 200
                && Api.parsed(answer.body()).path("complete").asBoolean();
    }

    private static String usage(String customer, String id, int quantity) {
        return "{\"id\":\"" + id + "\",\"external_customer_id\":\"" + customer + "\",\"meter\":\"m\",\"quantity\":"
                + quantity + "}";
    }

    private static JsonNode accepted(Api api, String path, String body) throws Exception {
        HttpResponse<String> answer = api.send("POST", path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return Api.parsed(answer.body());
    }

    @Test
    void atOnceAndAtEitherInstance() throws Exception {
        var staleWithout = new AtomicInteger();
        var rounds = new AtomicInteger();
        var writers = new ArrayList<Callable<Void>>();
        for (int writer = 0; writer < WRITERS; writer++) {
            String customer = "customer/" + writer;
            var random = new Random(SEED + writer);
            writers.add(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    Api at = APIS.get(random.nextInt(2));
                    Api from = APIS.get(random.nextInt(2));
                    String position = accepted(at, "/v1/usage", usage(customer, customer + round, 1))
                            .path("position")
                            .asText();
                    if (round % (ROUNDS / UNPOSITIONED) == 0 && counted(from, customer, "") < round) {
                        staleWithout.incrementAndGet();
                    }
                    assertThat(counted(from, customer, "&timeout=30s&after=" + position))
                            .as("seed=%d customer=%s written at %s", SEED, customer, at.base())
                            .isEqualTo(round);
                    rounds.incrementAndGet();
                }
                return null;
            });
        }
        ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
        try {
            for (Future<Void> done : pool.invokeAll(writers)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(rounds).hasValue(WRITERS * ROUNDS);
        assertThat(staleWithout.get())
                .as("control: without the position an answer may be older")
                .isPositive();
    }

    /** How many events of a customer an answer holds. */
    private static long counted(Api api, String customer, String after) throws Exception {
        String path = "/v1/customers/" + Api.encoded(customer) + "/usage?period=1d" + after;
        HttpResponse<String> answer = api.get(path);
        if (answer.statusCode() == 404 && after.isEmpty()) {
            return 0;
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.parsed(answer.body()).at("/meters/0/count").asLong();
    }

    @Test
    void andWhoWaitsHearsWhatBecameOfIt() throws Exception {
        for (Api api : APIS) {
            String id = "of " + api.base();
            String wait = "/v1/usage?wait=counted&timeout=30s";
            assertThat(accepted(api, wait, usage("w", id, 1)).path("outcome").asText())
                    .isEqualTo("counted");
            assertThat(accepted(api, wait, usage("w", id, 1)).path("outcome").asText())
                    .isEqualTo("duplicate");
            JsonNode conflict = accepted(api, wait, usage("w", id, 2));
            assertThat(conflict.path("outcome").asText()).isEqualTo("conflict");
            assertThat(conflict.at("/errors/0/message").asText()).startsWith("conflict: ");
            rejectedOnlyByTheBrokersClock(api);
        }
    }

    /** Events so old that some are in time when the door looks at them and too late when the broker does; how many is luck. */
    private static void rejectedOnlyByTheBrokersClock(Api api) throws Exception {
        var outcomes = new ArrayList<String>();
        for (int tries = 0; tries < 10 && !outcomes.contains("accepted rejected"); tries++) {
            outcomes.clear();
            HttpResponse<String> answer = api.send(
                    "POST", "/v1/requests/batch?wait=counted&timeout=30s", justInTime(api.base() + " try " + tries));
            // A 400 says that all were too late already.
            assertThat(answer.statusCode()).as(answer.body()).isIn(202, 207, 400);
            for (JsonNode result : Api.parsed(answer.body()).path("results")) {
                outcomes.add(result.path("status").asText() + " "
                        + result.path("outcome").asText());
                if (result.path("outcome").asText().equals("rejected")) {
                    assertThat(result.at("/errors/0/message").asText()).startsWith("too_old: ");
                    assertThat(result.at("/errors/0/pointer").asText()).endsWith("/occurred_at");
                }
            }
        }
        assertThat(outcomes).contains("accepted rejected", "accepted counted").doesNotContain("accepted pending");
    }

    private static String justInTime(String source) {
        Instant oldest = Instant.now().minus(Duration.ofDays(35));
        var events = new ArrayList<String>();
        for (int i = 0; i < 1000; i++) {
            events.add("{\"id\":\"" + i + "\",\"user\":\"late\",\"source\":\"" + source + "\",\"occurred_at\":\""
                    + oldest.plusMillis(i * 5L) + "\"}");
        }
        return "[" + String.join(",", events) + "]";
    }
}
