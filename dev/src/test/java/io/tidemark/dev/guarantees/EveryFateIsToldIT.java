package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.contract.Contract;
import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.ExpectedFate;
import io.tidemark.dev.fixtures.FatedEvents;
import io.tidemark.dev.fixtures.TestRegistry;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.peers.AllowedPeers;
import io.tidemark.query.peers.PeerSettings;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand records of every fate, in two instances that share the partitions: what is said of each, by its place and by its id, is what whoever
 * made it knows.
 */
@NullMarked
@Timeout(300)
class EveryFateIsToldIT {
    private static final String KEY = "0123456789abcdef-fates";
    private static final String TENANT = "demo";
    private static final int PARTITIONS = 4;
    private static final int AT_ONCE = 8;
    private static final int ONE_IN = 20;
    private static final int MOST_SHOWN = 20;
    private static final int TRIES = 10;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long SEED = Long.getLong("tidemark.seed", 20261129);
    private static final int RECORDS = Integer.getInteger("tidemark.fates", 2_000);

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private final List<Instance> instances = new ArrayList<>();
    private EmbeddedBroker broker;
    private TestRegistry registry;
    private FatedEvents events;

    @BeforeEach
    void start() throws InterruptedException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = registry(0);
        instances.add(instance());
        instances.add(instance());
        for (Instance each : instances) {
            assertThat(each.awaitReady(PATIENCE)).isTrue();
        }
        events = new FatedEvents(SEED, broker.bootstrapServers(), registry.url(), TENANT, PARTITIONS, now);
    }

    private TestRegistry registry(int port) {
        return TestRegistry.start(directory.resolve("registry"), broker.bootstrapServers(), port);
    }

    @AfterEach
    void stop() {
        events.close();
        for (Instance each : instances) {
            try {
                each.close();
            } catch (IllegalStateException late) {
                // On a busy machine. The broker must end all the same: without its directory it ends the whole process.
                System.err.println(late.getMessage());
            }
        }
        registry.close();
        broker.close();
    }

    @Test
    void ofEachRecordByPlaceAndById() throws Exception {
        int waiting = RECORDS / 50;
        int each = RECORDS / 160;
        events.sendFirsts(RECORDS * 6 / 10 - 16 * each - waiting);
        awaitAll();
        assertThat(shares()).as("partitions that each counts").doesNotContain(0, PARTITIONS);
        events.sendRepeats(RECORDS * 3 / 10);
        events.sendConflicts(RECORDS / 10);
        events.sendRefused(each);
        awaitAll();
        events.askForUnknown(RECORDS / 20);
        List<ExpectedFate> byPlace = events.byPlace();
        List<ExpectedFate> byId = events.byId();
        ask("by place", byPlace);
        ask("by id", byId);
        controls(byPlace);

        URI url = URI.create(registry.url());
        registry.close();
        List<ExpectedFate> later = events.sendWaiting(waiting);
        awaitParked(waiting);
        ask("parked, by place", events.byPlace());
        ask("parked, by id", events.byId());
        registry = registry(url.getPort());
        awaitParked(0);
        awaitAll();
        ask("released", later);
        erased(first(
                byId,
                expected ->
                        expected.fate().equals("counted") && expected.refused().isEmpty()));
        System.err.println("measured: records of every fate: " + events.sent());
    }

    /** What is right is told from what is wrong. */
    private void controls(List<ExpectedFate> all) throws Exception {
        for (String fate : List.of("counted", "duplicate", "conflict", "rejected")) {
            ExpectedFate one = first(all, expected -> expected.fate().equals(fate));
            JsonNode answer = Api.parsed(get(0, one).body());
            assertThat(one.differences(answer)).isEmpty();
            assertThat(one.butWith("parked").differences(answer)).isNotEmpty();
        }
    }

    /** Who still knows the id is told that it is counted, and nothing that it says; who has only the customer's UUID, not even that. */
    private void erased(ExpectedFate counted) throws Exception {
        var api = new Api(instances.get(0).url(), KEY);
        String id = api.json(counted.path()).at("/customer/id").asText();
        assertThat(api.send("DELETE", "/api/v1/customers/" + id + "?erase=true", "")
                        .statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode answer = api.json(counted.path());
            assertThat(answer.get("fate").asText()).isEqualTo("counted");
            assertThat(answer.at("/record/missing").asText()).isEqualTo("erased");
            assertThat(answer.at("/record/fields").isNull()).isTrue();
            assertThat(answer.get("counted").has("minute")).isFalse();
        });
        String event = counted.question().replaceAll("[?].*", "");
        assertThat(api.json(event + "?customer_id=" + id).get("reason").asText())
                .isEqualTo("customer_erased");
    }

    private static ExpectedFate first(List<ExpectedFate> all, Predicate<ExpectedFate> which) {
        return all.stream().filter(which).findFirst().orElseThrow();
    }

    private void ask(String what, List<ExpectedFate> expected) throws Exception {
        long began = System.nanoTime();
        var differences = new ArrayList<String>();
        var pool = Executors.newFixedThreadPool(AT_ONCE);
        try {
            var questions = new ArrayList<Callable<List<String>>>();
            for (int i = 0; i < expected.size(); i++) {
                ExpectedFate one = expected.get(i);
                boolean sample = i % ONE_IN == 0;
                questions.add(() -> differences(one, sample));
            }
            for (Future<List<String>> answer : pool.invokeAll(questions)) {
                differences.addAll(answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
        System.err.printf(
                "measured: fates told %s: %d in %d ms, %d differences%n",
                what, expected.size(), (System.nanoTime() - began) / 1_000_000, differences.size());
        assertThat(differences.stream().limit(MOST_SHOWN))
                .as("%s, seed %d", what, SEED)
                .isEmpty();
    }

    private static boolean isRight(ExpectedFate one, HttpResponse<String> answer) throws IOException {
        return one.differences(Api.parsed(answer.body())).isEmpty();
    }

    /** A sample is held to the document, and asked at the other instance too. */
    private List<String> differences(ExpectedFate one, boolean sample) throws Exception {
        HttpResponse<String> answer = get(0, one);
        // A registry that has more to do than it can says nothing in time, and that is what is told: whoever asks again
        // is told more.
        for (int again = 0;
                again < TRIES && answer.body().contains("\"schema_away\"") && !isRight(one, answer);
                again++) {
            Thread.sleep(BETWEEN_TRIES.toMillis());
            answer = get(0, one);
        }
        if (answer.statusCode() != 200) {
            return List.of(one.path() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        var differences = new ArrayList<>(one.differences(Api.parsed(answer.body())));
        if (sample) {
            Contract.held(answer);
            HttpResponse<String> other = Contract.held(get(1, one));
            one.differences(Api.parsed(other.body())).forEach(wrong -> differences.add("the other: " + wrong));
        }
        return differences;
    }

    private HttpResponse<String> get(int instance, ExpectedFate one) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(instances.get(instance).url() + one.path()))
                .header("X-Api-Key", KEY);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Until everything that was sent has met its fate, also what goes by way of another partition, and its customers are known. */
    private void awaitAll() {
        for (Instance each : instances) {
            var api = new Api(each.url(), KEY);
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode all = api.json("/api/v1/usage/by-customer?period=35d&limit=1000");
                assertThat(all.get("complete").asBoolean()).isTrue();
                assertThat(Instant.parse(all.get("as_of").asText())).isAfterOrEqualTo(events.lastAppended());
                assertThat(all.get("data"))
                        .allSatisfy(row ->
                                assertThat(row.get("customer_id").isTextual()).isTrue());
            });
        }
    }

    private void awaitParked(long count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(parked()).isEqualTo(count));
    }

    private long parked() throws Exception {
        long parked = 0;
        for (Instance each : instances) {
            parked += new Api(each.url(), KEY).fates().getOrDefault("parked", 0L);
        }
        return parked;
    }

    private List<Integer> shares() throws Exception {
        var shares = new ArrayList<Integer>();
        for (Instance each : instances) {
            shares.add(new Api(each.url(), KEY).records().size() / 3);
        }
        return shares;
    }

    private Instance instance() {
        int number = instances.size();
        var metering = new MeteringSettings(
                new Connection(broker.bootstrapServers(), registry.url()),
                "tidemark",
                "tidemark.",
                PARTITIONS,
                1,
                true,
                directory.resolve("state" + number),
                1,
                0,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(TENANT),
                true,
                Duration.ofSeconds(6));
        var keys = List.of(KeyEntry.ofKey(KEY, TENANT, Set.of(Scope.values())));
        var peers = new PeerSettings(
                "what all instances of a test share",
                "127.0.0.1",
                0,
                Optional.empty(),
                AllowedPeers.parse(AllowedPeers.LOOPBACK, new ArrayList<>()));
        return Instance.start(
                new InstanceSettings(
                        metering,
                        "127.0.0.1",
                        0,
                        Limits.DEFAULT,
                        Front.DEFAULT,
                        InstanceSettings.EVENTS_PER_SECOND,
                        Optional.of(peers),
                        keys),
                Clock.systemUTC());
    }
}
