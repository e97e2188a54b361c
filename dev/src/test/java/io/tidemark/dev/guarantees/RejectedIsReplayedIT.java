package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Framing;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Placed;
import io.tidemark.dev.fixtures.RejectedEvents;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.EventKey;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Events that were rejected for every reason that can be mended are replayed until nothing is open: each is counted once, whether its producer sent it
 * once more, somebody replayed it, or both; and once more changes no total.
 */
@NullMarked
@Timeout(180)
class RejectedIsReplayedIT {
    private static final int PARTITIONS = 12;
    private static final String OPERATOR = "a-key-of-the-operator";
    private static final String TENANT = "demo";
    private static final String LATER = "later";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Oracle oracle = new Oracle();
    private Backing backing;
    private ServeProcess serve;
    private Framing framing;
    private Placed placed;
    private Api operator;
    private Api api;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        backing = Backing.in(directory.resolve("kafka"));
        serve = ServeProcess.start(
                backing.kafka(),
                backing.registry(),
                directory.resolve("state"),
                Map.of("TIDEMARK_BOOTSTRAP_KEY", OPERATOR),
                "--create-topics");
        placed = new Placed(backing.kafka(), "none");
        framing = new Framing(backing.registry())
                .register("tidemark.requests-value", RequestEvent.getClassSchema())
                .register("tidemark.usage-value", UsageEvent.getClassSchema());
        operator = serve.api(OPERATOR);
        api = serve.api(operator.createKey(TENANT, "read\",\"write\",\"ingest"));
    }

    @AfterEach
    void stop() {
        placed.close();
        serve.close();
        backing.close();
    }

    @Test
    void untilNothingIsOpen() throws Exception {
        reject();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(RejectedEvents.read(backing.kafka()))
                        .hasSize(23)
                        .extracting(RejectedEvents.Rejection::reason)
                        .containsOnly(
                                "invalid_meter",
                                "negative_count",
                                "too_large",
                                "invalid_currency",
                                "unknown_tenant",
                                "conflict"));
        Api later = serve.api(operator.createKey(LATER, "read\",\"write\",\"ingest"));

        isSaid(later);
        isOpenUntilItsProducerSendsItRight();
        isReplayed(later);
        isDrained(api);
        isDrained(later);
        assertThat(differences(later)).isEmpty();
        changesNothingOnceMore(later);
        // Replays were no new rejections.
        assertThat(RejectedEvents.read(backing.kafka())).hasSize(23);
    }

    private void reject() throws InterruptedException {
        for (int i = 0; i < 6; i++) {
            send(usage("meter-" + i, "c" + i % 3).setMeter("storage gb").build(), i % 2);
            oracle.counts(usage("meter-" + i, "c" + i % 3).build());
        }
        for (int i = 0; i < 5; i++) {
            send(request("negative-" + i, "c" + i).setInputTokens(-5).build(), 0);
            oracle.counts(request("negative-" + i, "c" + i).setInputTokens(0).build());
        }
        for (int i = 0; i < 4; i++) {
            send(
                    request("large-" + i, "c" + i)
                            .setOutputTokens(2_000_000_000_000L)
                            .build(),
                    i % 2);
            oracle.counts(request("large-" + i, "c" + i).setOutputTokens(7).build());
        }
        for (int i = 0; i < 3; i++) {
            send(
                    usage("currency-" + i, "c0")
                            .setCost(amount("1.5"))
                            .setCurrency("usd")
                            .build(),
                    0);
            oracle.counts(usage("currency-" + i, "c0")
                    .setCost(amount("1.5"))
                    .setCurrency("USD")
                    .build());
        }
        for (int i = 0; i < 4; i++) {
            send(usage("tenant-" + i, "x").setTenantId(LATER).build(), i % 2);
        }
        send(usage("twice", "c1").build(), 0);
        send(usage("twice", "c1").setQuantity(amount("2")).build(), 0);
        oracle.counts(usage("twice", "c1").build());
        oracle.counts(usage("twice", "c1").setQuantity(amount("2")).build());
    }

    private void isSaid(Api later) throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(rows(api, "open")).isEqualTo(19));
        JsonNode counts = api.json("/api/v1/rejected-events/counts");
        assertThat(counts.path("total").asLong()).isEqualTo(19);
        JsonNode conflict =
                api.json("/api/v1/rejected-events?reason=conflict").path("data").path(0);
        assertThat(conflict.path("event_id").asText()).isEqualTo("twice");
        JsonNode whole =
                api.json("/api/v1/rejected-events/" + conflict.path("id").asText());
        assertThat(whole.path("original").path("event").path("quantity").asText())
                .isEqualTo("2");
        assertThat(rows(later, "open")).isEqualTo(4);
        assertThat(later.get("/api/v1/rejected-events/" + conflict.path("id").asText())
                        .statusCode())
                .isEqualTo(404);
        assertThat(operators("tenant=" + LATER)).isEqualTo(4);
        assertThat(operators("limit=1000")).isZero();
    }

    private int operators(String query) throws Exception {
        return operator.json("/admin/rejected-events?" + query).path("data").size();
    }

    private void isOpenUntilItsProducerSendsItRight() throws Exception {
        send(usage("meter-0", "c0").build(), 0);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(api.json("/api/v1/rejected-events?event_id=meter-0&state=resolved")
                                .path("data"))
                        .hasSize(1));
    }

    private void isReplayed(Api later) throws Exception {
        assertThat(outcomes(api, "{}")).isEqualTo("{\"invalid\":18}");
        replays(api, "invalid_meter", "meter", "\"storage gb\"", "\"storage_gb\"", 5);
        replays(api, "negative_count", "input_tokens", "-5", "0", 5);
        replays(api, "too_large", "output_tokens", "2000000000000", "7", 4);
        replays(api, "invalid_currency", "currency", "\"usd\"", "\"USD\"", 3);
        replays(api, "conflict", "id", "\"twice\"", "\"twice-2\"", 1);
        assertThat(outcomes(later, "{}")).isEqualTo("{\"acceptable\":4}");
        assertThat(outcomes(later, "{\"dry_run\":false}")).isEqualTo("{\"counted\":4}");
    }

    private static void replays(Api api, String reason, String field, String from, String to, int events)
            throws Exception {
        String what = "{\"reason\":\"" + reason + "\",\"mapping\":[{\"field\":\"" + field + "\",\"from\":" + from
                + ",\"to\":" + to + "}]";
        assertThat(outcomes(api, what + "}")).isEqualTo("{\"acceptable\":" + events + "}");
        assertThat(outcomes(api, what + ",\"dry_run\":false}")).isEqualTo("{\"counted\":" + events + "}");
    }

    private static void isDrained(Api api) throws Exception {
        await().atMost(SOON).untilAsserted(() -> assertThat(rows(api, "open")).isZero());
        assertThat(outcomes(api, "{\"dry_run\":false}")).isEqualTo("{}");
    }

    /** What is sent once more by its producer, as it should have been, is a repeat. */
    private void changesNothingOnceMore(Api later) throws Exception {
        // 18 replayed, one sent right by its producer, "twice" and "twice-2", and the four of the later tenant.
        long counted = 6 + 5 + 4 + 3 + 2 + 4;
        await().atMost(SOON).untilAsserted(() -> assertThat(api.fates()).containsEntry("counted", counted));
        send(usage("meter-1", "c1").build(), 0);
        send(request("large-2", "c2").setOutputTokens(7).build(), 0);
        await().atMost(SOON).untilAsserted(() -> assertThat(api.fates()).containsEntry("duplicate", 2L));
        assertThat(api.fates()).containsEntry("counted", counted);
        assertThat(differences(later)).isEmpty();
    }

    private List<String> differences(Api later) throws Exception {
        var differences = new java.util.ArrayList<String>();
        Instant from = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
        Instant to = now.plus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            Map<String, Oracle.Totals> expected = oracle.meters(customer, from, to);
            differences.addAll(Comparison.differences(customer, api.usage(customer, from, to), expected));
        }
        assertThat(later.usage("x", from, to)
                        .path("meters")
                        .path(0)
                        .path("count")
                        .asLong())
                .isEqualTo(4);
        return differences;
    }

    private static int rows(Api api, String state) throws Exception {
        JsonNode page = api.json("/api/v1/rejected-events?limit=1000&state=" + state);
        assertThat(page.path("complete").asBoolean()).isTrue();
        return page.path("data").size();
    }

    private static String outcomes(Api api, String body) throws Exception {
        var answer = api.send("POST", "/api/v1/rejected-events/replay", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Api.parsed(answer.body()).path("outcomes").toString();
    }

    private UsageEvent.Builder usage(String id, String customer) {
        return UsageEvent.newBuilder()
                .setId(id)
                .setTenantId(TENANT)
                .setExternalCustomerId(customer)
                .setOccurredAt(now)
                .setMeter("storage_gb")
                .setQuantity(amount("1.25"))
                .setCredits(amount("0"))
                .setCost(amount("0"));
    }

    private RequestEvent.Builder request(String id, String customer) {
        return RequestEvent.newBuilder()
                .setId(id)
                .setTenantId(TENANT)
                .setExternalCustomerId(customer)
                .setOccurredAt(now)
                .setCredits(amount("0.5"))
                .setCost(amount("0"));
    }

    private static BigDecimal amount(String decimal) {
        return new BigDecimal(decimal).setScale(9);
    }

    /** @param away how many partitions from its own */
    private void send(SpecificRecordBase event, int away) throws InterruptedException {
        byte[] key = new EventKey(
                        event.get("tenant_id").toString(),
                        event.get("external_customer_id").toString())
                .bytes();
        String topic = event instanceof UsageEvent ? "tidemark.usage" : "tidemark.requests";
        placed.send(topic, (EventKey.partition(key, PARTITIONS) + away) % PARTITIONS, key, framing.frame(event));
    }
}
