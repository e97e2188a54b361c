package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Appended;
import io.tidemark.dev.fixtures.Backing;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Oracle.Totals;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.RequestEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of two instances that share the partitions and may not ask each other, each answers for all: of those that the other counts, from its copy. It holds
 * what {@code as_of} says, also while events come and when it was stopped for a while, and goes on when the other is killed.
 */
@NullMarked
@Timeout(300)
class BothInstancesAnswerIT {
    private static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final int EVENTS = 3_000;
    private static final int MORE = 1_000;
    /** Until nothing is written any more: the feed comes a second after events. */
    private static final Duration UNTIL_QUIET = Duration.ofSeconds(4);

    /** More than none surely leaves a transaction open. */
    private static final int BEFORE_KILL = Integer.getInteger("tidemark.before.kill", 0);

    private static final List<Placing> KINDS = List.of(Placing.values());
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    @TempDir
    private Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(36, ChronoUnit.DAYS);
    private final Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    private final Traffic traffic = new Traffic(SEED, "acme", now, Duration.ofDays(34));
    private final Oracle oracle = new Oracle();
    private final Appended appended = new Appended();
    private final List<ServeProcess> instances = new ArrayList<>();
    private final List<Api> apis = new CopyOnWriteArrayList<>();
    private Backing backing;

    /** What an instance said; {@code requests} is -1 where it could not answer, or not for all. */
    private record Said(int instance, String customer, long requests, Instant asOf, Instant at) {}

    @BeforeEach
    void start() throws Exception {
        backing = Backing.in(directory.resolve("kafka"));
        instances.add(serve(0));
        instances.add(serve(1));
        String key = instances.get(0).api(BOOTSTRAP_KEY).createKey("acme", "read");
        instances.forEach(instance -> apis.add(instance.api(key)));
        for (Api api : apis) {
            await().until(() -> api.get("/api/v1/customers").statusCode() == 200);
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
                Map.of("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY, ServeProcess.PEER_SECRET, ""),
                "--create-topics");
    }

    @Test
    void forAllPartitionsAndGoOnAlone() throws Exception {
        try (var producers = new Producers(backing.kafka(), backing.registry())) {
            send(producers, EVENTS, 0);
            for (Api api : apis) {
                awaitEverything(api);
            }
            share();
            List<Said> said = saidWhile(2, () -> send(producers, MORE, 2));
            holdWhatTheySay(said);
            // Control: they do not hold what was appended until they came.
            assertThat(said).anyMatch(one -> one.requests >= 0 && one.requests < appended.upTo(one.at, one.customer));
            for (Api api : apis) {
                awaitEverything(api);
            }
            holdWhatTheySay(saidByOneThatStoodStill(producers));
            apis.remove(0);
            List<Said> alone = saidWhile(1, () -> {
                send(producers, BEFORE_KILL, 2);
                Thread.sleep(BEFORE_KILL == 0 ? UNTIL_QUIET.toMillis() : 0);
                instances.get(0).kill();
                send(producers, MORE - BEFORE_KILL, 2);
                awaitEverything(apis.get(0));
            });
            holdWhatTheySay(alone);
            System.err.printf(
                    "after kill -9 the other did not answer for all: %d ms at a time at most%n",
                    longestSilence(alone).toMillis());
            assertThat(longestSilence(alone)).isLessThan(Duration.ofSeconds(20));
        }
    }

    /**
     * One is stopped past its session, while the other takes over and counts on. Resumed, it believes for a moment that nothing has
     * happened: it is asked from its first moment on.
     */
    private List<Said> saidByOneThatStoodStill(Producers producers) throws Exception {
        instances.get(0).pause();
        List<Said> said = saidWhile(1, () -> {
            send(producers, MORE / 2, 2);
            awaitEverything(apis.get(1));
            Thread.sleep(UNTIL_QUIET.toMillis());
            instances.get(0).resume();
            Thread.sleep(UNTIL_QUIET.toMillis());
        });
        awaitEverything(apis.get(0));
        return said;
    }

    private void send(Producers producers, int events, int pauseMillis) throws InterruptedException {
        int first = oracle.size();
        for (int i = first; i < first + events; i++) {
            SpecificRecordBase event = i % 3 == 0 ? traffic.next() : traffic.request("request-" + i);
            oracle.counts(event);
            producers.send(event, KINDS.get(i % 3), at -> {
                if (event instanceof RequestEvent request) {
                    appended.note(at, request.getExternalCustomerId());
                }
            });
            if (pauseMillis > 0) {
                Thread.sleep(pauseMillis);
            }
        }
        producers.flush();
    }

    /** Both totals, of all customers and of each, are the oracle's. */
    private void awaitEverything(Api api) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            JsonNode all = api.json(ofAll());
            assertThat(all.get("complete").asBoolean()).isTrue();
            assertThat(all.get("missing_partitions")).isEmpty();
            assertThat(all.at("/totals/requests").asLong()).isEqualTo(appended.size());
            var differences = new ArrayList<String>();
            for (String customer : oracle.customers()) {
                Map<String, Totals> expected = oracle.meters(customer, from, to);
                differences.addAll(Comparison.differences(customer, api.usage(customer, from, to), expected));
            }
            assertThat(differences).as("seed %d", SEED).isEmpty();
        });
    }

    /** Control: what one answers from copies is really counted by the other. */
    private void share() throws Exception {
        List<Integer> counted = new ArrayList<>();
        for (Api api : apis) {
            counted.add(api.records().size() / 3);
        }
        System.err.println("partitions counted by each instance: " + counted);
        assertThat(counted).doesNotContain(0, 12);
    }

    /** Asks all instances, again and again, for all customers and for one, until the traffic is through. */
    private List<Said> saidWhile(int askers, Traffics sending) throws Exception {
        var said = new CopyOnWriteArrayList<Said>();
        var threads = new ArrayList<Thread>();
        List<String> customers = List.copyOf(oracle.customers());
        var done = new java.util.concurrent.CountDownLatch(1);
        for (int i = 0; i < askers; i++) {
            int instance = i;
            var thread = new Thread(() -> {
                for (int n = 0; done.getCount() > 0; n++) {
                    said.add(ask(instance, ""));
                    said.add(ask(instance, customers.get(n % customers.size())));
                }
            });
            thread.start();
            threads.add(thread);
        }
        try {
            sending.send();
        } finally {
            done.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return said;
    }

    private interface Traffics {
        void send() throws Exception;
    }

    private Said ask(int instance, String customer) {
        Api api = apis.get(instance);
        try {
            HttpResponse<String> answer = api.get(customer.isEmpty() ? ofAll() : of(customer));
            Instant at = Instant.now();
            if (answer.statusCode() != 200) {
                return new Said(instance, customer, -1, Instant.EPOCH, at);
            }
            JsonNode json = Api.parsed(answer.body());
            long requests = json.at(customer.isEmpty() ? "/totals/requests" : "/requests")
                    .asLong();
            boolean complete = json.get("complete").asBoolean();
            return new Said(
                    instance,
                    customer,
                    complete ? requests : -1,
                    Instant.parse(json.get("as_of").asText()),
                    at);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ofAll() {
        return "/api/v1/usage/by-customer?sort_by=requests&limit=1000&from=" + from + "&to=" + to;
    }

    private String of(String customer) {
        return "/api/v1/customers/" + Api.encoded(customer) + "/usage?from=" + from + "&to=" + to;
    }

    private void holdWhatTheySay(List<Said> said) {
        List<Said> answers = said.stream().filter(one -> one.requests >= 0).toList();
        assertThat(answers).isNotEmpty();
        assertThat(answers)
                .allSatisfy(one -> assertThat(one.requests)
                        .as(one.toString())
                        .isGreaterThanOrEqualTo(appended.upTo(one.asOf, one.customer)));
        List<Long> ages = answers.stream()
                .filter(one -> one.customer.isEmpty())
                .map(one -> Duration.between(one.asOf, one.at).toMillis())
                .sorted()
                .toList();
        System.err.printf("%d answers of %d%n", answers.size(), said.size());
        if (!ages.isEmpty()) {
            System.err.printf(
                    "as_of was %d ms old at most, %d ms in the middle%n",
                    ages.get(ages.size() - 1), ages.get(ages.size() / 2));
        }
    }

    /** How long an instance did not answer for all customers at a time. */
    private static Duration longestSilence(List<Said> said) {
        Duration longest = Duration.ZERO;
        Instant last = said.get(0).at;
        boolean silent = false;
        for (Said one : said) {
            silent |= one.requests < 0;
            if (one.requests >= 0 && one.customer.isEmpty()) {
                Duration since = Duration.between(last, one.at);
                longest = silent && since.compareTo(longest) > 0 ? since : longest;
                last = one.at;
                silent = false;
            }
        }
        return longest;
    }
}
