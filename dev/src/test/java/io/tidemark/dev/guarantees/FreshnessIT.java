package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An event that the broker acknowledged is in an HTTP answer within a second, and the answer says how fresh it is. */
@NullMarked
@Timeout(180)
class FreshnessIT {
    private static final int EVENTS = 200;
    private static final int WARM_UP = 20;
    /** Most of the time of each is the wait for a commit, which the next event just missed: several may wait for one. */
    private static final int AT_ONCE = 4;

    private static final Duration WITHIN = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    @Test
    @Tag("alone")
    void showsAnEventWithinASecond() throws Exception {
        try (var dev = DevProcess.start(directory);
                var publisher = KafkaEventPublisher.connect(new Connection(dev.kafka(), dev.registry()), "tidemark.")) {
            Api api = dev.api();
            List<Duration> times = times(number -> timeUntilShown(publisher, api, dev.tenant(), "customer_" + number));
            List<Duration> sorted = new ArrayList<>(times.subList(WARM_UP, times.size()));
            Collections.sort(sorted);
            System.err.printf(
                    "acknowledged to answered, of %d: p50 %d ms, p99 %d ms, max %d ms; first %d ms%n",
                    EVENTS,
                    sorted.get(EVENTS / 2).toMillis(),
                    sorted.get(EVENTS * 99 / 100).toMillis(),
                    sorted.get(EVENTS - 1).toMillis(),
                    times.get(0).toMillis());
            assertThat(sorted.get(EVENTS * 99 / 100)).isLessThan(WITHIN);
        }
    }

    private interface Measurement {
        Duration of(int number) throws Exception;
    }

    /** As many times as are to be measured, some at once, in the order in which they were begun. */
    private static List<Duration> times(Measurement measurement) throws Exception {
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Duration>> all = new ArrayList<>();
            IntStream.range(0, WARM_UP + EVENTS).forEach(number -> all.add(() -> measurement.of(number)));
            var times = new ArrayList<Duration>();
            for (Future<Duration> one : threads.invokeAll(all)) {
                times.add(one.get());
            }
            return times;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Duration timeUntilShown(EventPublisher publisher, Api api, String tenant, String customer)
            throws Exception {
        publisher.publish(
                EventKind.REQUEST,
                Map.of(
                        "id",
                        "e-" + customer,
                        "tenant_id",
                        tenant,
                        "external_customer_id",
                        customer,
                        "occurred_at",
                        Instant.now(),
                        "credits",
                        new BigDecimal("1.25")));
        long acknowledged = System.nanoTime();
        while (api.get("/api/v1/customers/" + customer + "/usage").statusCode() != 200) {
            Thread.sleep(1);
        }
        return Duration.ofNanos(System.nanoTime() - acknowledged);
    }

    @Test
    void waitsForAPositionAndSaysHowFreshItIs() throws Exception {
        try (var dev = DevProcess.start(directory);
                var publisher = KafkaEventPublisher.connect(new Connection(dev.kafka(), dev.registry()), "tidemark.")) {
            for (int i = 0; i < 50; i++) {
                Instant before = Instant.now();
                var at = publisher.publish(
                        EventKind.USAGE,
                        Map.of(
                                "id",
                                "e-" + i,
                                "tenant_id",
                                dev.tenant(),
                                "external_customer_id",
                                "waiting",
                                "occurred_at",
                                before,
                                "meter",
                                "seats",
                                "quantity",
                                BigDecimal.ONE));
                JsonNode answer = dev.api().json("/api/v1/customers/waiting/usage?after=" + at.position());
                assertThat(answer.get("meters").get(0).get("count").asInt())
                        .as("never stale")
                        .isEqualTo(i + 1);
                assertThat(Instant.parse(answer.get("as_of").asText()))
                        .isBetween(before.minusSeconds(30), Instant.now());
            }
            Thread.sleep(3_000);
            JsonNode idle = dev.api().json("/api/v1/customers/waiting/usage");
            assertThat(Instant.parse(idle.get("as_of").asText()))
                    .as("an idle partition is current, not old")
                    .isAfter(Instant.now().minusSeconds(3));
        }
    }
}
