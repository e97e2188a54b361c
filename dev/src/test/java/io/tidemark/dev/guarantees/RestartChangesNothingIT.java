package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Counting;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.Feed;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.Customer;
import io.tidemark.events.UsageTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twice {@code kill -9} in the middle of a load, then twice a clean stop ({@code -Dtidemark.restarts=5}: five times each): the same totals, and ready
 * again within 15 seconds.
 *
 * <p>A kill takes broker and instance at once, with a transaction open. What the broker had not acknowledged is sent
 * again with the same ids, as a producer does; so a total above the oracle's would be a repeat that counted, one below it
 * an acknowledged event that was lost.
 */
@NullMarked
@Timeout(600)
@Tag("alone")
class RestartChangesNothingIT {
    private static final int RESTARTS = Integer.getInteger("tidemark.restarts", 2);
    private static final int EVENTS_BETWEEN = 4_000;
    private static final Duration READY_WITHIN = Duration.ofSeconds(15);
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    private final Oracle oracle = new Oracle();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Traffic traffic = new Traffic(SEED, "demo", now, Duration.ofDays(30));

    private final List<Duration> untilReady = new ArrayList<>();

    @TempDir
    private Path directory;

    private DevProcess dev;

    @BeforeEach
    void start() throws Exception {
        dev = DevProcess.start(directory);
    }

    @AfterEach
    void close() {
        dev.close();
    }

    @Test
    void killedInMidLoadAndStoppedCleanly() throws Exception {
        killInMidLoad();
        verify(dev);
        List<Duration> stopping = stopCleanly();
        verify(dev);
        controls(dev);
        System.err.println(
                "ready again after kill -9 and then after a clean stop: " + untilReady + ", stopping took " + stopping);
        assertThat(middle(untilReady)).isLessThan(READY_WITHIN);
        assertThat(stopping).allMatch(time -> time.compareTo(Duration.ofSeconds(5)) < 0);
    }

    private void killInMidLoad() throws Exception {
        var random = new Random(SEED);
        List<SpecificRecordBase> unacknowledged = new ArrayList<>();
        for (int i = 0; i < RESTARTS; i++) {
            unacknowledged = load(dev, unacknowledged, 500 + random.nextInt(1_000));
            restart();
        }
        send(dev, unacknowledged);
    }

    private List<Duration> stopCleanly() throws Exception {
        var stopping = new ArrayList<Duration>();
        for (int i = 0; i < RESTARTS; i++) {
            send(dev, some(500));
            stopping.add(dev.stop());
            assertThat(dev.moreOutput())
                    .as("standard output is the ready line alone")
                    .isEmpty();
            restart();
        }
        return stopping;
    }

    /** A machine that stands still for some seconds makes one of them long, and not most. */
    private static Duration middle(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    /** On the same broker port, as a user's restart is. */
    private void restart() throws Exception {
        String port = dev.kafka().substring(dev.kafka().indexOf(':') + 1);
        String key = dev.key();
        dev = DevProcess.start(directory, "--kafka-port", port);
        untilReady.add(dev.untilReady());
        assertThat(dev.key()).isEqualTo(key);
    }

    /** Sends, kills after a while, and gives back what may not have been acknowledged. */
    private List<SpecificRecordBase> load(DevProcess dev, List<SpecificRecordBase> again, long millis)
            throws Exception {
        var events = new ArrayList<>(again);
        events.addAll(some(EVENTS_BETWEEN));
        var killer = new Thread(() -> {
            try {
                Thread.sleep(millis);
                dev.kill();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            killer.start();
            List<SpecificRecordBase> left = producers.sendWhile(dev::isAlive, events);
            killer.join();
            assertThat(left).as("the kill came in the middle").isNotEmpty();
            return left;
        }
    }

    private List<SpecificRecordBase> some(int count) {
        var events = new ArrayList<SpecificRecordBase>();
        for (int i = 0; i < count; i++) {
            SpecificRecordBase event = traffic.next();
            oracle.counts(event);
            events.add(event);
        }
        return events;
    }

    private static void send(DevProcess dev, List<SpecificRecordBase> events) {
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            events.forEach(event -> producers.send(event, Placing.JAVA));
            producers.flush();
        }
    }

    private void verify(DevProcess dev) throws Exception {
        Api api = dev.api();
        Counting.await(dev, oracle.size());
        assertThat(differences(api)).as("seed %d", SEED).isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(untold(dev)).as("seed %d", SEED).isEmpty());
        everyCustomerIsInTheDirectoryOnce(dev);
    }

    private void controls(DevProcess dev) throws Exception {
        oracle.counts(traffic.next());
        assertThat(differences(dev.api()))
                .as("control: one event more would be seen")
                .isNotEmpty();
        assertThat(untold(dev)).as("control: one event more would be seen").isNotEmpty();
    }

    /** What {@code usage-feed} does not say, or says wrongly. */
    private List<String> untold(DevProcess dev) {
        YearMonth last = YearMonth.from(now.plus(1, ChronoUnit.DAYS).atZone(ZoneOffset.UTC));
        var feed = Compacted.latest(dev.kafka(), dev.registry(), "tidemark.usage-feed", UsageTotals.class);
        return Feed.differences(feed, "demo", oracle, last.minusMonths(3), last);
    }

    private void everyCustomerIsInTheDirectoryOnce(DevProcess dev) {
        var customers = Compacted.latest(dev.kafka(), dev.registry(), "tidemark.customers", Customer.class);
        assertThat(customers.values()).extracting(Customer::getExternalId).hasSameElementsAs(oracle.customers());
        assertThat(customers.values()).extracting(Customer::getId).doesNotHaveDuplicates();
        assertThat(customers.values()).extracting(Customer::getVersion).containsOnly(1L);
    }

    private List<String> differences(Api api) throws Exception {
        Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(31, ChronoUnit.DAYS);
        Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        var differences = new ArrayList<String>();
        for (String customer : oracle.customers()) {
            differences.addAll(
                    Comparison.differences(customer, api.usage(customer, from, to), oracle.meters(customer, from, to)));
        }
        return differences;
    }
}
