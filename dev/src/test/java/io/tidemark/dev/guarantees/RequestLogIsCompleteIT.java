package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.RequestEvent;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * G52 against a real broker: every request that is counted is in the log once, page by page while others arrive; usage by labels is the totals'
 * own; and after the log was off for a while every answer says since when it is whole.
 */
@NullMarked
@Timeout(240)
class RequestLogIsCompleteIT {
    private static final String OPERATOR = "a-key-of-the-operator";
    private static final String TENANT = "demo";
    private static final int EVENTS = 600;
    private static final long SEED = Long.getLong("tidemark.seed", 20261129);
    private static final List<Placing> KINDS = List.of(Placing.values());

    private final Random random = new Random(SEED);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Traffic traffic = new Traffic(SEED, TENANT, now, Duration.ofDays(6));
    private final Set<String> requests = new HashSet<>();
    private long counted;
    private long duplicates;

    @TempDir
    private Path directory;

    private String key = "";

    @Test
    void whileRequestsArriveAndAfterItWasOff() throws Exception {
        try (var backing = Backing.in(directory.resolve("kafka"))) {
            try (var serve = start(backing, "7d");
                    var producers = producers(serve, backing)) {
                send(producers, EVENTS);
                awaitCounted(serve);
                isThereOnce(serve, producers);
                isWhatTotalsSay(serve);
                awaitCounted(serve);
                serve.stop();
            }
            Set<String> logged = Set.copyOf(requests);
            try (var serve = start(backing, "0s");
                    var producers = new Producers(backing.kafka(), backing.registry())) {
                send(producers, 50);
                awaitCounted(serve);
                assertThat(serve.api(key).get("/api/v1/request-logs").body()).contains("request_log_off");
                serve.stop();
            }
            Set<String> missed = new HashSet<>(requests);
            missed.removeAll(logged);
            try (var serve = start(backing, "7d");
                    var producers = new Producers(backing.kafka(), backing.registry())) {
                Instant again = Instant.now();
                send(producers, 50);
                awaitCounted(serve);
                saysSinceWhenItIsWhole(serve, again, missed);
            }
        }
    }

    private ServeProcess start(Backing backing, String keep) throws IOException {
        return ServeProcess.start(
                backing.kafka(),
                backing.registry(),
                directory.resolve("state"),
                Map.of("TIDEMARK_BOOTSTRAP_KEY", OPERATOR),
                "--create-topics",
                "--admit-new-tenants",
                "--early",
                "1s",
                "--keep-requests",
                keep);
    }

    private Producers producers(ServeProcess serve, Backing backing) throws IOException, InterruptedException {
        key = serve.api(OPERATOR).createKey(TENANT, "read\",\"write\",\"ingest");
        return new Producers(backing.kafka(), backing.registry());
    }

    /** Of all kinds and customers, some twice, some in foreign partitions. */
    private void send(Producers producers, int events) {
        for (int i = 0; i < events; i++) {
            var event = traffic.next();
            producers.send(event, KINDS.get(i % KINDS.size()));
            counted++;
            if (event instanceof RequestEvent request) {
                requests.add(request.getId());
            }
            if (random.nextInt(10) == 0) {
                producers.send(event, KINDS.get(random.nextInt(KINDS.size())));
                duplicates++;
            }
        }
        producers.flush();
    }

    private void awaitCounted(ServeProcess serve) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(serve.api(key).fates())
                        .containsEntry("counted", counted)
                        .containsEntry("duplicate", duplicates));
    }

    private void isThereOnce(ServeProcess serve, Producers producers) throws Exception {
        for (int limit : List.of(1000, 83)) {
            Set<String> there = Set.copyOf(requests);
            var ids = new ArrayList<String>();
            Instant last = Instant.MAX;
            String next = "";
            do {
                JsonNode page = serve.api(key).json("/api/v1/request-logs?limit=" + limit + next);
                for (JsonNode row : page.get("data")) {
                    ids.add(row.get("id").asText());
                    Instant at = Instant.parse(row.get("occurred_at").asText());
                    assertThat(at).isBeforeOrEqualTo(last);
                    last = at;
                }
                JsonNode cursor = page.at("/meta/next_cursor");
                next = cursor.isNull() ? "" : "&cursor=" + cursor.asText();
                send(producers, 5);
            } while (!next.isEmpty());
            awaitCounted(serve);
            assertThat(ids).as("seed %d", SEED).doesNotHaveDuplicates().containsAll(there);
            assertThat(requests).containsAll(ids);
        }
    }

    private void isWhatTotalsSay(ServeProcess serve) throws Exception {
        for (String customer : List.of("customer_10", "slash/inside", "größe-日本")) {
            String path = "/api/v1/customers/" + Api.encoded(customer) + "/usage";
            JsonNode labels = serve.api(key).json(path + "/breakdown?period=6d&group_by=model");
            String period = "?from=" + labels.at("/period/from").asText() + "&to="
                    + labels.at("/period/to").asText();
            JsonNode totals = serve.api(key).json(path + period);
            JsonNode meter = totals.at("/meters/0");
            for (JsonNode one : totals.get("meters")) {
                meter = one.get("kind").asText().equals("request") ? one : meter;
            }
            BigDecimal credits = BigDecimal.ZERO;
            long found = 0;
            for (JsonNode group : labels.get("data")) {
                found += group.get("requests").asLong();
                credits = credits.add(new BigDecimal(group.get("credits").asText()));
            }
            assertThat(found)
                    .as(customer)
                    .isEqualTo(totals.get("requests").asLong())
                    .isPositive();
            assertThat(credits).isEqualByComparingTo(meter.get("credits").asText());
            JsonNode ofCustomer =
                    serve.api(key).json("/api/v1/llm-logs?limit=1000&customerId=" + Api.encoded(customer));
            assertThat(ofCustomer.get("data").size()).isGreaterThanOrEqualTo((int) found);
        }
    }

    private void saysSinceWhenItIsWhole(ServeProcess serve, Instant again, Set<String> missed) throws Exception {
        JsonNode page = serve.api(key).json("/api/v1/request-logs?limit=1000");
        Instant since = Instant.parse(page.at("/log/complete_since").asText());
        var ids = new HashSet<String>();
        page.get("data").forEach(row -> ids.add(row.get("id").asText()));
        assertThat(ids).doesNotContainAnyElementsOf(missed);
        assertThat(page.at("/meta/next_cursor").isNull()).isTrue();
        Set<String> expected = new HashSet<>(requests);
        expected.removeAll(missed);
        assertThat(ids).isEqualTo(expected);
        // Those that were counted without it occurred before.
        assertThat(since).isAfter(now).isBefore(again.plusSeconds(30));
    }
}
