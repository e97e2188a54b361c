package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.OrdinaryCalls;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.SlowClients;
import io.tidemark.dev.fixtures.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 400 clients that send headers byte by byte, 400 that send a body so, and 50 that send one just fast enough to be let: all
 * others are answered, as soon as ever. That such clients can stop a door is shown by {@code SlowClientsTest}.
 */
@NullMarked
@Timeout(180)
@Tag("alone")
class SlowClientsIT {
    private static final int SLOW = 400;
    private static final int JUST_FAST_ENOUGH = 50;
    private static final Duration HELD = Duration.ofSeconds(15);
    /** Ten seconds for headers, one more until somebody looks, and a slow machine. */
    private static final Duration HEADERS_END = Duration.ofSeconds(14);
    /** A rate is judged when a byte comes, one each second; and a slow machine. */
    private static final Duration BODIES_END = Duration.ofSeconds(10);

    @Test
    void leaveOrdinaryCallsAnsweredWithin200Millis(@TempDir Path directory) throws Exception {
        try (var dev = DevProcess.start(directory)) {
            String path = customerWithUsage(dev);
            var ordinary = new OrdinaryCalls(dev.http() + path, dev.key());
            // The first calls of a process compile it.
            var unused = ordinary.callFor(Duration.ofSeconds(2), 6);
            var before = ordinary.callFor(Duration.ofSeconds(3), 6);
            System.err.println("measured: before: " + before);
            String post = "POST /api/v1/customers HTTP/1.1\r\nHost: x\r\nX-Api-Key: " + dev.key()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{";
            try (var headers =
                            SlowClients.at(dev.http(), SLOW, "GET " + path + " HTTP/1.1\r\nHost: x\r\nX-Slow: ", "x");
                    var bodies = SlowClients.at(dev.http(), SLOW, post, " ");
                    var enough =
                            SlowClients.at(dev.http(), JUST_FAST_ENOUGH, post + " ".repeat(1000), " ".repeat(800))) {
                Duration worked = dev.worked();
                var outcome = ordinary.callFor(HELD, 6);
                System.err.println(
                        "measured: the instance worked for " + dev.worked().minus(worked));
                System.err.println("measured: ordinary: " + outcome);
                System.err.println("measured: slow headers: " + headers);
                System.err.println("measured: slow bodies: " + bodies);
                System.err.println("measured: just fast enough: " + enough);
                assertThat(outcome.failures()).isEmpty();
                assertThat(outcome.millis()).hasSizeGreaterThan(500);
                // Where they take long without any of this, the machine is busy with more.
                assertThat(outcome.quantile(0.99)).isLessThanOrEqualTo(Math.max(200, 3 * before.quantile(0.99)));
                heldAndEnded(headers, bodies, enough);
            }
        }
    }

    /** The control: they were there all the time, and ended by the limits that are promised. */
    private static void heldAndEnded(SlowClients headers, SlowClients bodies, SlowClients enough) {
        assertThat(headers.open()).isGreaterThan(SLOW - 20);
        assertThat(bodies.open()).isGreaterThan(SLOW - 20);
        assertThat(headers.hungUpOn()).isGreaterThanOrEqualTo(SLOW);
        assertThat(headers.longest()).isBetween(Duration.ofSeconds(9), HEADERS_END);
        assertThat(bodies.timedOut()).isGreaterThanOrEqualTo(SLOW);
        assertThat(bodies.longest()).isLessThan(BODIES_END);
        assertThat(enough.open()).isEqualTo(JUST_FAST_ENOUGH);
        assertThat(enough.hungUpOn() + enough.timedOut()).isZero();
    }

    private static String customerWithUsage(DevProcess dev) throws Exception {
        try (var producers = new Producers(dev.kafka(), dev.registry())) {
            var traffic = new Traffic(1, dev.tenant(), Instant.now(), Duration.ofDays(30));
            for (int i = 0; i < 2_000; i++) {
                producers.send(traffic.request("r-" + i), Producers.Placing.JAVA);
            }
            producers.flush();
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(dev.api().fates()).containsEntry("counted", 2_000L));
        String customer = dev.api()
                .json("/api/v1/usage/by-customer?period=30d&limit=1")
                .at("/data/0/external_id")
                .asText();
        return "/api/v1/customers/" + Api.encoded(customer) + "/usage?period=30d";
    }
}
