package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.fixtures.Writers;
import io.tidemark.dev.fixtures.Writers.Attempt;
import io.tidemark.events.Customer;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageTotals;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight writers create 1,000 customers through two instances, of which one is killed meanwhile, 250 of them twice: 125 with the same external id, 125 with the
 * same e-mail address in another spelling. Each has one winner, and everybody says the same of it.
 */
@NullMarked
@Timeout(300)
class OneWinnerIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final int WRITERS = 8;
    private static final int CUSTOMERS = Integer.getInteger("tidemark.customers", 1_000);
    private static final int COLLIDING = CUSTOMERS / 4;
    /** As many writes whose effect is read at the other instance, without a sleep. */
    private static final int ROUNDS = Integer.getInteger("tidemark.rounds", 24);

    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    @TempDir
    private Path directory;

    private Backing backing;
    private String key;
    private final List<ServeProcess> instances = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        backing = Backing.in(directory.resolve("kafka"));
        instances.add(serve(0));
        instances.add(serve(1));
        key = instances.get(0).api(BOOTSTRAP_KEY).createKey("acme", "read\",\"write");
        for (ServeProcess instance : instances) {
            await().until(() -> instance.api(key).get("/api/v1/customers").statusCode() == 200);
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(ServeProcess::close);
        backing.close();
    }

    private ServeProcess serve(int number) throws IOException {
        return ServeProcess.start(
                backing.kafka(),
                backing.registry(),
                directory.resolve("state" + number),
                Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY, "TIDEMARK_HTTP_ACCESS_LOG", "" + (number == 1)),
                ProcessBuilder.Redirect.appendTo(log(number).toFile()),
                "--create-topics",
                "--session-timeout",
                "6s");
    }

    @Test
    void eachCustomerHasOneAlthoughAnInstanceIsKilledMeanwhile() throws Exception {
        List<Attempt> attempts = attempts();
        var writers = new Writers(call -> instances.get(call % 2).http(), key);
        var killer = new Thread(() -> killOneAndStartItAgain(writers, attempts.size() / 3));
        killer.start();
        Map<Attempt, Integer> statuses = writers.run(WRITERS, attempts);
        killer.join();
        verify(attempts, statuses);
        wouldSeeOneMore();
        ownWrites();
    }

    /** Of a tenant of its own, which is small. */
    private void ownWrites() throws Exception {
        String own = instances.get(0).api(BOOTSTRAP_KEY).createKey("own", "read\",\"write");
        List<Api> apis = instances.stream().map(instance -> instance.api(own)).toList();
        List<String> customers = List.of("a/1", "b:2", "c 3", "d%4", "é5", "f+6", "g;7", "h8");
        try (var producers = new Producers(backing.kafka(), backing.registry())) {
            customers.forEach(one -> producers.send(event("own", one), Placing.JAVA));
            producers.flush();
        }
        for (Api api : apis) {
            await().until(() -> api.get("/api/v1/customers?per_page=1").body().contains("\"total\":8"));
        }
        var writes = new OwnWrites(apis);
        for (Api api : apis) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(api.json("/api/v1/usage/by-customer")
                                    .get("complete")
                                    .asBoolean())
                            .isTrue());
        }
        writes.makeOneCustomer();
        writes.areRead(customers, ROUNDS);
        assertThat(topics()).contains("own/d%4");
        List<String> personal = writes.erase("d%4");
        await().untilAsserted(() -> assertThat(topics()).contains("own/erased-").doesNotContain(personal));
        assertThat(Files.readString(log(0))).doesNotContain(personal).doesNotContain(Api.encoded("d%4"));
        // Control: the other writes an access log, which has ids in its paths, and nothing else of this.
        assertThat(Files.readString(log(1))).contains(Api.encoded("d%4")).doesNotContain(personal);
    }

    /** Control: what compares the answers with each other can fail. */
    private void wouldSeeOneMore() throws Exception {
        Map<String, Customer> before = table();
        Api api = instances.get(0).api(key);
        assertThat(api.send("POST", "/api/v1/customers", "{}").statusCode()).isEqualTo(201);
        assertThatThrownBy(() -> answersAre(api, before)).isInstanceOf(AssertionError.class);
    }

    private Map<String, Customer> table() {
        return Compacted.latest(backing.kafka(), backing.registry(), "tidemark.customers", Customer.class);
    }

    private void killOneAndStartItAgain(Writers writers, int after) {
        try {
            while (writers.answered() < after) {
                Thread.sleep(5);
            }
            instances.get(0).kill();
            instances.set(0, serve(0));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Attempt> attempts() {
        var attempts = new ArrayList<Attempt>();
        for (int i = 0; i < CUSTOMERS; i++) {
            attempts.add(new Attempt("first " + i, "c/" + i, "c" + i + "@example.com"));
            if (i < COLLIDING) {
                attempts.add(
                        i % 2 == 0
                                ? new Attempt("second " + i, "c/" + i, "other" + i + "@example.com")
                                : new Attempt("second " + i, "other/" + i, "C" + i + "@EXAMPLE.com"));
            }
        }
        Collections.shuffle(attempts, new Random(SEED));
        return attempts;
    }

    private void verify(List<Attempt> attempts, Map<Attempt, Integer> statuses) throws Exception {
        assertThat(statuses.values()).containsOnly(201, 409);
        List<Attempt> winners =
                attempts.stream().filter(one -> status(statuses, one) == 201).toList();
        Map<String, Long> winnersByName =
                winners.stream().collect(Collectors.groupingBy(OneWinnerIT::number, Collectors.counting()));
        assertThat(winnersByName)
                .hasSize(CUSTOMERS)
                .allSatisfy((name, count) -> assertThat(count).isEqualTo(1));

        Map<String, Customer> table =
                Compacted.latest(backing.kafka(), backing.registry(), "tidemark.customers", Customer.class);
        Map<String, String> names = new HashMap<>();
        table.values().forEach(one -> names.put(one.getExternalId(), one.getName()));
        Map<String, String> won = new HashMap<>();
        winners.forEach(one -> won.put(one.externalId(), one.name()));
        assertThat(names).isEqualTo(won);
        for (ServeProcess instance : instances) {
            answersAre(instance.api(key), table);
        }
        usageByCustomerKnows(table);
        losersAreRefusedAgain(attempts, statuses);
    }

    private static int status(Map<Attempt, Integer> statuses, Attempt attempt) {
        return Objects.requireNonNull(statuses.get(attempt));
    }

    private static String number(Attempt attempt) {
        return attempt.name().replaceFirst(".* ", "");
    }

    /** Lists and look-ups of an instance say of every customer what the topic says. */
    private static void answersAre(Api api, Map<String, Customer> table) throws Exception {
        var listed = new HashMap<String, String>();
        int pages = (table.size() + 99) / 100;
        for (int page = 1; page <= pages; page++) {
            JsonNode answer = api.json("/api/v1/customers?per_page=100&page=" + page);
            assertThat(answer.at("/meta/total").asInt()).isEqualTo(table.size());
            answer.get("data").forEach(one -> listed.put(one.get("external_id").asText(), said(one)));
        }
        var expected = new HashMap<String, String>();
        table.values().forEach(one -> expected.put(one.getExternalId(), said(one)));
        assertThat(listed).isEqualTo(expected);
        int looked = 0;
        for (Customer one : table.values()) {
            if (looked++ % 20 == 0) {
                String externalId = Api.encoded(one.getExternalId());
                for (String path : List.of(
                        "/customers/" + one.getId(),
                        "/customers/" + externalId,
                        "/customers/by-external-id?external_id=" + externalId,
                        "/customers/by-email?email=" + Api.encoded(String.valueOf(one.getEmail())))) {
                    assertThat(said(api.json("/api/v1" + path))).as(path).isEqualTo(said(one));
                }
            }
        }
    }

    private static String said(JsonNode one) {
        return one.get("id").asText() + " " + one.get("external_id").asText() + " "
                + one.get("name").asText() + " " + one.get("email").asText() + " "
                + one.get("version").asText();
    }

    private static String said(Customer one) {
        return one.getId() + " " + one.getExternalId() + " " + one.getName() + " " + one.getEmail() + " "
                + one.getVersion();
    }

    /** The table beside the usage, in whichever instance it is, knows every customer that used something. */
    private void usageByCustomerKnows(Map<String, Customer> table) throws Exception {
        try (var producers = new Producers(backing.kafka(), backing.registry())) {
            table.values().forEach(one -> producers.send(event(one), Placing.JAVA));
            producers.flush();
        }
        var expected = new HashMap<String, String>();
        table.values().forEach(one -> expected.put(one.getExternalId(), one.getId() + " " + one.getName()));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(differences(expected, knownBesideUsage()))
                        .as("missing partitions %s", missingPartitions())
                        .isEmpty());
        for (ServeProcess instance : instances) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(instance.api(key)
                                    .json("/api/v1/customers?sort_by=last_seen_at&per_page=100&page="
                                            + (table.size() + 99) / 100)
                                    .get("data"))
                            .allMatch(one -> !one.get("last_seen_at").isNull()
                                    && !one.get("first_seen_at").isNull()));
        }
        // Seen now, and still the same: an event makes no second customer.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(seen())
                        .hasSize(table.size())
                        .allSatisfy(one -> assertThat(one.getVersion()).isEqualTo(1)));
    }

    private static List<String> differences(Map<String, String> expected, Map<String, String> known) {
        return expected.entrySet().stream()
                .filter(one -> !one.getValue().equals(known.get(one.getKey())))
                .map(one -> one + " but " + known.get(one.getKey()))
                .toList();
    }

    private List<String> missingPartitions() throws Exception {
        var missing = new ArrayList<String>();
        for (ServeProcess instance : instances) {
            missing.add(instance.api(key)
                    .json("/api/v1/usage/by-customer?limit=1")
                    .get("missing_partitions")
                    .toString());
        }
        return missing;
    }

    private List<Customer> seen() {
        return table().values().stream()
                .filter(one -> one.getLastSeenAt() != null)
                .toList();
    }

    /** What compaction leaves of what is kept for ever. */
    private String topics() {
        var totals = Compacted.latest(backing.kafka(), backing.registry(), "tidemark.usage-feed", UsageTotals.class);
        return table() + " " + totals;
    }

    private Path log(int number) {
        return directory.resolve("log" + number);
    }

    private static RequestEvent event(Customer of) {
        return event("acme", of.getExternalId());
    }

    private static RequestEvent event(String tenant, String customer) {
        return RequestEvent.newBuilder()
                .setId("seen")
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(Instant.now().truncatedTo(ChronoUnit.MICROS))
                .setCredits(new BigDecimal("0.000000000"))
                .setCost(new BigDecimal("0.000000000"))
                .build();
    }

    private Map<String, String> knownBesideUsage() throws Exception {
        var known = new HashMap<String, String>();
        for (ServeProcess instance : instances) {
            String cursor = "";
            do {
                JsonNode answer =
                        instance.api(key).json("/api/v1/usage/by-customer?sort_by=external_id&limit=1000" + cursor);
                answer.get("data")
                        .forEach(row -> known.put(
                                row.get("external_id").asText(),
                                row.get("customer_id").asText() + " "
                                        + row.get("name").asText()));
                JsonNode next = answer.at("/meta/next_cursor");
                cursor = next.isNull() ? "" : "&cursor=" + next.asText();
            } while (!cursor.isEmpty());
        }
        return known;
    }

    private void losersAreRefusedAgain(List<Attempt> attempts, Map<Attempt, Integer> statuses) throws Exception {
        Api api = instances.get(1).api(key);
        List<Attempt> losers = attempts.stream()
                .filter(one -> status(statuses, one) == 409)
                .limit(20)
                .toList();
        for (Attempt loser : losers) {
            String body = "{\"external_id\":\"" + loser.externalId() + "\",\"email\":\"" + loser.email() + "\"}";
            assertThat(api.send("POST", "/api/v1/customers", body).statusCode()).isEqualTo(409);
        }
    }
}
