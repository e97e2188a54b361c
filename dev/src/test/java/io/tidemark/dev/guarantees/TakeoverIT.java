package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.fixtures.Traffic;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An instance is killed in the midst of its work, with the settings as shipped but for how ids are written: the other counts on soon, because it ends what was left
 * open. {@code -Dtidemark.kills=12} takes turns and prints what is in {@code docs/guarantees.md}.
 */
@NullMarked
@Timeout(1_200)
class TakeoverIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final int KILLS = Integer.getInteger("tidemark.kills", 1);
    private static final List<String> OPTIONS =
            List.of(System.getProperty("tidemark.options", "--create-topics").split(" "));
    private static final int EVENTS_PER_SECOND = 500;
    private static final long SEED = Long.getLong("tidemark.seed", 20261121);
    private static final Duration MOST = Duration.ofSeconds(KILLS == 1 ? 20 : 60);

    @TempDir
    private Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(36, ChronoUnit.DAYS);
    private final Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    private final Traffic traffic = new Traffic(SEED, "acme", now, Duration.ofDays(34));
    private final Oracle oracle = new Oracle();
    private final AtomicBoolean sending = new AtomicBoolean(true);
    private final List<ServeProcess> instances = new ArrayList<>();
    private Backing backing;
    private Admin admin;
    private String key = "";

    @BeforeEach
    void start() throws Exception {
        backing = Backing.in(directory.resolve("kafka"));
        admin = Admin.create(Map.of("bootstrap.servers", backing.kafka()));
        instances.add(serve(0));
        instances.add(serve(1));
        key = instances.get(0).api(BOOTSTRAP_KEY).createKey("acme", "read");
        for (ServeProcess instance : instances) {
            await().until(() -> instance.api(key).get("/api/v1/customers").statusCode() == 200);
        }
    }

    @AfterEach
    void stop() {
        instances.forEach(ServeProcess::close);
        admin.close();
        backing.close();
    }

    private ServeProcess serve(int number) throws IOException {
        var options = new ArrayList<>(OPTIONS);
        options.add("--create-topics");
        // Ids are written at once then, and a transaction is open nearly always; as shipped, while it commits.
        options.addAll(List.of("--ids", "records"));
        return ServeProcess.start(
                backing.kafka(),
                backing.registry(),
                directory.resolve("state" + number),
                Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY),
                options.stream().distinct().toArray(String[]::new));
    }

    @Test
    void countsOnSoonAfterTheOtherWasKilled() throws Exception {
        var took = new ArrayList<Long>();
        try (var producers = new Producers(backing.kafka(), backing.registry())) {
            var sender = new Thread(() -> send(producers));
            sender.start();
            for (int kill = 0; kill < KILLS; kill++) {
                awaitCounted(instances.get(0), Instant.now());
                awaitCounted(instances.get(1), Instant.now());
                Thread.sleep(3_000 + 317L * kill);
                took.add(killAndTime(kill % 2));
                if (kill + 1 < KILLS) {
                    instances.set(kill % 2, serve(kill % 2));
                }
            }
            sending.set(false);
            sender.join();
            producers.flush();
            totalsHold(instances.get(KILLS % 2).api(key));
        }
        List<Long> sorted = took.stream().sorted().toList();
        System.err.printf(
                "counting again after kill -9: %d ms in the middle, %d ms at most of %d: %s%n",
                sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1), sorted.size(), took);
        assertThat(took).allMatch(millis -> millis < MOST.toMillis());
    }

    /** How long it takes until everything is counted that was appended until a moment after the kill, of all partitions. */
    private long killAndTime(int victim) throws Exception {
        Set<String> before = open();
        instances.get(victim).kill();
        Instant killed = Instant.now();
        long began = System.nanoTime();
        Set<String> left = open();
        awaitCounted(instances.get(1 - victim), killed.plusMillis(200));
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        System.err.printf("open before %s, at the kill %s, counted again in %d ms%n", before.size(), left, millis);
        assertThat(left).as("control: a transaction was open").isNotEmpty();
        return millis;
    }

    private void awaitCounted(ServeProcess instance, Instant until) {
        Api api = instance.api(key);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> holdsAllUpTo(api, until));
    }

    private boolean holdsAllUpTo(Api api, Instant until) throws IOException, InterruptedException {
        HttpResponse<String> answer = api.get("/api/v1/usage/by-customer?limit=1&from=" + from + "&to=" + to);
        if (answer.statusCode() != 200) {
            return false;
        }
        JsonNode json = Api.parsed(answer.body());
        return json.get("complete").asBoolean()
                && !Instant.parse(json.get("as_of").asText()).isBefore(until);
    }

    private Set<String> open() throws InterruptedException, ExecutionException {
        var ongoing = new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING));
        return admin.listTransactions(ongoing).all().get().stream()
                .map(TransactionListing::transactionalId)
                .collect(Collectors.toSet());
    }

    private void send(Producers producers) {
        try {
            while (sending.get()) {
                SpecificRecordBase event = traffic.next();
                oracle.counts(event);
                producers.send(event, Placing.JAVA);
                Thread.sleep(1_000 / EVENTS_PER_SECOND);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void totalsHold(Api api) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var differences = new ArrayList<String>();
            for (String customer : oracle.customers()) {
                differences.addAll(Comparison.differences(
                        customer, api.usage(customer, from, to), oracle.meters(customer, from, to)));
            }
            assertThat(differences).as("seed %d", SEED).isEmpty();
        });
    }
}
