package io.tidemark.query.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.contract.Contract;
import io.tidemark.query.FakeAccess;
import io.tidemark.query.FakeDirectory;
import io.tidemark.query.FakeIntake;
import io.tidemark.query.FakeOriginals;
import io.tidemark.query.FakeParts;
import io.tidemark.query.FakeTracer;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.http.Front;
import io.tidemark.query.http.Limits;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.query.peers.AllowedPeers;
import io.tidemark.query.peers.PeerSettings;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.StartRefused;
import io.tidemark.streams.connecting.Connection;
import io.tidemark.streams.feed.HeldChanges;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.roster.HeldCustomers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class InstanceTest {
    private static final String KEY = "a-key-that-may-read";
    private static final Health READY = new Health(true, true, List.of());
    private static final Health RESTORING = new Health(true, false, List.of("restoring"));

    private final AtomicReference<Health> health = new AtomicReference<>(RESTORING);
    private final List<String> happened = new CopyOnWriteArrayList<>();
    private boolean leaves = true;
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void isReadyWhenCountingIs() throws Exception {
        try (var instance = open(new FakeUsage(), 0)) {
            assertThat(instance.awaitReady(Duration.ofMillis(100))).isFalse();
            assertThat(status(instance, "/health/ready")).isEqualTo(503);
            health.set(READY);
            assertThat(instance.awaitReady(Duration.ofSeconds(5))).isTrue();
            assertThat(status(instance, "/health/ready")).isEqualTo(200);
            assertThat(status(instance, "/v1/customers/c/usage")).isEqualTo(200);
        }
    }

    @Test
    void doesNotWaitForWhatCannotBecomeReady() throws Exception {
        health.set(new Health(false, false, List.of("counting has stopped")));
        try (var instance = open(new FakeUsage(), 0)) {
            assertThat(instance.awaitReady(Duration.ofMinutes(10))).isFalse();
        }
    }

    @Test
    void leavesTheGroupWithTheDoorStillOpen() throws Exception {
        health.set(READY);
        var instance = open(new FakeUsage(), 0);
        status(instance, "/health/ready");
        instance.close();
        instance.close();
        assertThat(happened).containsExactly("bound", "left with the door open", "closed with the door shut");
        assertThat(instance.health().ready()).isFalse();
        assertThatThrownBy(() -> status(instance, "/health/ready")).isInstanceOf(IOException.class);
    }

    @Test
    void answersOnForAWhileOnceItIsToldToStop() throws Exception {
        health.set(READY);
        var stop = new StopSignal();
        var instance = open(new FakeUsage(), 0);
        var clean = serving(instance, Duration.ofMinutes(5), stop);
        assertThat(status(instance, "/health/ready")).isEqualTo(200);
        stop.come();
        while (status(instance, "/health/ready") == 200) {
            Thread.onSpinWait();
        }
        assertThat(status(instance, "/health/live")).isEqualTo(200);
        assertThat(status(instance, "/v1/customers/c/usage")).isEqualTo(200);
        assertThat(happened).containsExactly("bound", "said it is ready");
        assertThat(clean).isNotDone();
        stop.come();
        assertThat(clean).as("a second signal does not wait").succeedsWithin(Duration.ofSeconds(4));
        assertThat(clean.join()).isTrue();
        assertThat(happened).endsWith("left with the door open", "closed with the door shut");
    }

    @Test
    void saysWhenItDidNotStopCleanly() throws Exception {
        health.set(READY);
        leaves = false;
        var stop = new StopSignal();
        stop.come();
        assertThat(serving(open(new FakeUsage(), 0), Duration.ZERO, stop).get()).isFalse();
        assertThat(happened).contains("closed with the door shut");
    }

    @Test
    void saysThatItCannotGoOn() throws Exception {
        health.set(new Health(false, false, List.of("counting has stopped")));
        assertThat(serving(open(new FakeUsage(), 0), Duration.ofMinutes(5), new StopSignal())
                        .get())
                .isFalse();
        assertThat(happened).doesNotContain("said it is ready").endsWith("closed with the door shut");
    }

    private CompletableFuture<Boolean> serving(Instance instance, Duration drain, StopSignal stop) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Serving.untilToldOrItCannot(
                        instance, instance, drain, () -> happened.add("said it is ready"), stop);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void closesInTimeThoughSomebodyStillWaits() throws Exception {
        var asked = new CountDownLatch(1);
        var instance = open(new Waiting(asked), 0);
        var answer = client.sendAsync(
                request(instance, "/v1/customers/c/usage?after=p&timeout=30s"), HttpResponse.BodyHandlers.ofString());
        asked.await();
        long before = System.nanoTime();
        instance.close();
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.err.println("measured: close with a request under way: " + took);
        assertThat(took).isLessThan(Duration.ofSeconds(4));
        assertThat(answer).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void stopsCountingWhenTheDoorStaysShut() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(new FakeUsage(), taken.getLocalPort()))
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
        assertThat(happened).containsExactly("bound", "left with the door shut", "closed with the door shut");
    }

    /** Whoever is warned of slow or refused answers must not be woken by those that nobody got. */
    @Test
    void countsNoAnswerThatItGaveItselfToWarmUp() throws Exception {
        health.set(READY);
        var usage = new FakeUsage();
        var peers = new PeerSettings(
                "what all instances of a test share",
                "127.0.0.1",
                0,
                Optional.empty(),
                AllowedPeers.parse(AllowedPeers.LOOPBACK, new ArrayList<>()));
        try (var instance = open(usage, 0, Optional.of(peers))) {
            assertThat(usage.asked).as("control: it warmed up").isNotEmpty();
            assertThat(metrics(instance)).doesNotContain("/usage");
            status(instance, "/v1/customers/c/usage");
            assertThat(metrics(instance)).contains("/usage");
        }
    }

    private String metrics(Instance instance) throws Exception {
        return client.send(request(instance, "/metrics"), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private Instance open(UsageReadModel usage, int port) {
        return open(usage, port, Optional.empty());
    }

    private Instance open(UsageReadModel usage, int port, Optional<PeerSettings> peers) {
        var keys = List.of(KeyEntry.ofKey(KEY, "acme", Set.of(Scope.READ)));
        var settings = new InstanceSettings(
                METERING,
                "127.0.0.1",
                port,
                Limits.DEFAULT,
                Front.DEFAULT,
                InstanceSettings.EVENTS_PER_SECOND,
                peers,
                keys);
        var customers = new HeldCustomers();
        customers.caughtUp();
        var url = new AtomicReference<>("");
        var counting = new Counting(
                usage,
                new FakeParts(),
                new FakeTracer(),
                new FakeAccess(),
                customers,
                new FakeDirectory(),
                new FakeIntake(Clock.systemUTC()),
                new FakeOriginals().replays(new FakeIntake(Clock.systemUTC())),
                new HeldChanges(1),
                health::get,
                () -> true,
                registry -> happened.add("bound"),
                atMost -> {
                    happened.add("left with the door " + door(url));
                    return leaves;
                },
                () -> happened.add("closed with the door " + door(url)));
        var instance = Instance.open(counting, settings, Clock.systemUTC());
        url.set(instance.url());
        return instance;
    }

    private String door(AtomicReference<String> url) {
        return answers(String.valueOf(url.get())) ? "open" : "shut";
    }

    private boolean answers(String url) {
        try {
            client.send(
                    HttpRequest.newBuilder(URI.create(url + "/health/live")).build(),
                    HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException | IllegalArgumentException shut) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private int status(Instance instance, String path) throws Exception {
        return Contract.held(client.send(request(instance, path), HttpResponse.BodyHandlers.ofString()))
                .statusCode();
    }

    private static HttpRequest request(Instance instance, String path) {
        return HttpRequest.newBuilder(URI.create(instance.url() + path))
                .header("X-Api-Key", KEY)
                .build();
    }

    private static final MeteringSettings METERING = new MeteringSettings(
            new Connection("kafka:1", "http://registry:2"),
            "app",
            "prefix.",
            12,
            1,
            true,
            Path.of("state"),
            1,
            0,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            MeteringSettings.TimeRule.DEFAULT,
            MeteringSettings.Retention.DEFAULT,
            Set.of("acme"),
            false,
            Duration.ofSeconds(10));

    /** Waits for a position that never comes. */
    private record Waiting(CountDownLatch asked) implements UsageReadModel {
        @Override
        public Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait) {
            asked.countDown();
            try {
                Thread.sleep(wait.atMost().toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return new Answer.NotReady<>(Answer.Reason.NOT_CAUGHT_UP, "not yet");
        }

        @Override
        public Answer<CustomerUsage> explain(String tenant, String externalId, Period period, Wait wait) {
            return ofCustomer(tenant, externalId, period, wait);
        }

        @Override
        public Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait) {
            return new Answer.NotFound<>();
        }
    }
}
