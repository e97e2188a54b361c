package io.tidemark.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.tidemark.query.request.Faults;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 200 clients that trickle, and one that does not. The limits are scaled down so that it takes seconds. */
final class SlowClientsTest {
    private static final int SLOW = 200;
    /** Calls that say something, also on a machine that is busy with more. */
    private static final int ENOUGH = 10;

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final List<Socket> slow = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void slowHeadersLeaveOrdinaryCallsAnsweredAndAreClosed() throws Exception {
        var limits = new Limits(1000, SHORT, SHORT, SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, SLOW, "GET /ping HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            report("slow headers", trickleAndPing(door, Duration.ofMillis(1500)));
            assertThat(stillOpen()).isZero();
        }
    }

    @Test
    void slowBodiesLeaveOrdinaryCallsAnsweredAndAreClosed() throws Exception {
        var limits = new Limits(1000, SHORT, SHORT, SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, SLOW, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
            report("slow bodies", trickleAndPing(door, Duration.ofMillis(1500)));
            assertThat(stillOpen()).isZero();
        }
    }

    /** The control: without the two rules all of them would stay, so it is the rules that close them. */
    @Test
    void nothingElseWouldCloseThem() throws Exception {
        var lax = new Limits(1000, Duration.ofMinutes(1), Duration.ofMinutes(1), SHORT, 0);
        try (var door = Door.open("127.0.0.1", 0, lax, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, 20, "GET /ping HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            connect(door, 20, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
            trickleAndPing(door, Duration.ofMillis(1500));
            assertThat(stillOpen()).isEqualTo(40);
        }
    }

    /** They are fast enough to be let; what is gathered meanwhile holds no thread. */
    @Test
    void bodiesThatAreAwaitedHoldNoThreads() throws Exception {
        var lax = new Limits(1000, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1);
        try (var door = Door.open("127.0.0.1", 0, lax, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, SLOW, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n");
            report("awaited bodies", trickleAndPing(door, Duration.ofMillis(1500)));
            assertThat(threadsThatHandle()).isLessThan(10);
            assertThat(stillOpen()).isEqualTo(SLOW);
        }
    }

    /** The control: where a handler reads its body itself, slow ones take all threads, and nobody else is answered. */
    @Test
    void whoReadsSlowBodiesInHandlersAnswersNobodyElse() throws Exception {
        var blocking = Javalin.create(config -> {
                    config.jetty.threadPool = new QueuedThreadPool(SLOW / 4);
                    config.concurrency.useVirtualThreads = false;
                    config.routes.get("/ping", context -> context.result("pong"));
                    config.routes.post("/echo", context -> context.result(context.bodyAsBytes()));
                    // They are hung up on in the end, which is no news.
                    config.routes.exception(Exception.class, (gone, context) -> {});
                    config.startup.showJavalinBanner = false;
                })
                .start("127.0.0.1", 0);
        try {
            for (int i = 0; i < SLOW / 2; i++) {
                slow.add(opened(blocking.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n"));
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Outcome outcome = trickleAndPing(blocking.port(), Duration.ofMillis(1500));
            // A busy machine takes its time to hand all threads out.
            while (outcome.failed == 0 && System.nanoTime() - deadline < 0) {
                outcome = trickleAndPing(blocking.port(), Duration.ofMillis(500));
            }
            System.err.println("measured: bodies read in handlers: " + outcome);
            assertThat(outcome.failed).isPositive();
            assertThat(threadsThatHandle()).isGreaterThan(30);
        } finally {
            hangUp();
            blocking.stop();
        }
    }

    /** Slow clients alone fill the cap: the ordinary one waits until the first of them is closed, and no longer. */
    @Test
    void slowClientsHoldTheConnectionCapForTheHeaderTimeOnly() throws Exception {
        var limits = new Limits(10, SHORT, SHORT, SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, 10, "GET /ping HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            Outcome outcome = trickleAndPing(door, Duration.ofMillis(1500));
            System.err.println("measured: connection cap: " + outcome);
            assertThat(outcome.failed).isZero();
            assertThat(outcome.slowest).isBetween(Duration.ofMillis(250), Duration.ofMillis(2500));
        }
    }

    @Test
    void silentClientsAreClosed() throws Exception {
        var limits = new Limits(1000, Duration.ofMillis(300), Duration.ofSeconds(1), SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo)) {
            connect(door, SLOW, "GET /ping HTTP/1.1\r\n");
            Thread.sleep(800);
            assertThat(stillOpen()).isZero();
        }
    }

    @Test
    void aConnectionThatIsUsedAgainAndAgainStaysOpen() throws Exception {
        var limits = new Limits(1000, Duration.ofSeconds(1), Duration.ofMillis(300), SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo);
                var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            for (int i = 0; i < 15; i++) {
                socket.getOutputStream()
                        .write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
                Thread.sleep(PAUSE.toMillis());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {50, 10_000})
    void aBodyThatDripsOrStopsIsAnswered408(long pauseMillis) throws Exception {
        var limits = new Limits(1000, SHORT, SHORT, SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo);
                var socket = opened(door.port(), "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 999\r\n\r\n{")) {
            var dripping = new Thread(() -> {
                while (!socket.isClosed()) {
                    try {
                        Thread.sleep(pauseMillis);
                    } catch (InterruptedException stop) {
                        return;
                    }
                    trickle(socket);
                }
            });
            dripping.start();
            try {
                byte[] answer = new byte[4096];
                int length = socket.getInputStream().read(answer);
                assertThat(new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 408 ")
                        .contains("X-Request-Id: ", "urn:tidemark:problem:request_timeout");
            } finally {
                dripping.interrupt();
            }
        }
    }

    /** As over a network that lost its first packet. */
    @Test
    void aShortBodyMayComeLaterThanItsHead() throws Exception {
        var limits = new Limits(1000, Duration.ofSeconds(5), SHORT, Duration.ofSeconds(5), 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo);
                var socket = opened(
                        door.port(),
                        "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{")) {
            Thread.sleep(1200);
            socket.getOutputStream().write('}');
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    /** Such as one that waits for a position. */
    @Test
    void anAnswerMayTakeLongerThanAClientMayBeSilent() throws Exception {
        var limits = new Limits(1000, Duration.ofMillis(300), Duration.ofMillis(300), SHORT, 500);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo)) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + "/late"))
                    .build();
            var response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).isEqualTo("late");
        }
    }

    /** Such as one that makes a customer, whose body came in pieces. */
    @Test
    void anAnswerToABodyMayTakeLongerToo() throws Exception {
        var limits = new Limits(1000, Duration.ofMillis(300), Duration.ofMillis(300), SHORT, 1);
        try (var door = Door.open("127.0.0.1", 0, limits, Front.DEFAULT, SlowClientsTest::echo);
                var socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
            var out = socket.getOutputStream();
            out.write("POST /late HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{"
                    .getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200);
            out.write('}');
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("late");
        }
    }

    private static void echo(JavalinConfig config) {
        config.routes.get("/ping", context -> context.result("pong"));
        config.routes.get("/late", context -> {
            Thread.sleep(1000);
            context.result("late");
        });
        config.routes.post(
                "/late",
                context -> RequestBody.whole(context, () -> {
                    Thread.sleep(1000);
                    context.result("late");
                }));
        config.routes.post(
                "/echo",
                context -> RequestBody.whole(context, () -> {
                    RequestBody.jsonOrNothing(context, new Faults());
                    context.result("echo");
                }));
    }

    private void connect(Door door, int howMany, String beginning) throws IOException {
        for (int i = 0; i < howMany; i++) {
            slow.add(opened(door.port(), beginning));
        }
    }

    private static Socket opened(int port, String beginning) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static long threadsThatHandle() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack ->
                        Stream.of(stack).anyMatch(frame -> frame.getClassName().startsWith("io.javalin.http.servlet.")))
                .count();
    }

    private record Outcome(int answered, int failed, Duration slowest) {}

    /** Sends a byte on each slow connection, then an ordinary call, and so on. */
    private Outcome trickleAndPing(Door door, Duration howLong) throws Exception {
        return trickleAndPing(door.port(), howLong);
    }

    private Outcome trickleAndPing(int port, Duration howLong) throws Exception {
        var client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        var ping = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ping"))
                .timeout(Duration.ofSeconds(5))
                .build();
        int answered = 0;
        int failed = 0;
        Duration slowest = Duration.ZERO;
        long end = System.nanoTime() + howLong.toNanos();
        while (System.nanoTime() - end < 0 || (answered < ENOUGH && failed == 0)) {
            slow.forEach(SlowClientsTest::trickle);
            long before = System.nanoTime();
            try {
                client.send(ping, HttpResponse.BodyHandlers.ofString());
                answered++;
            } catch (IOException noAnswer) {
                failed++;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            slowest = took.compareTo(slowest) > 0 ? took : slowest;
            Thread.sleep(PAUSE.toMillis());
        }
        return new Outcome(answered, failed, slowest);
    }

    private static void trickle(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException closed) {
            // That is what the door should do.
        }
    }

    private static void report(String what, Outcome outcome) {
        System.err.println("measured: " + what + ": " + outcome);
        assertThat(outcome.failed).isZero();
        assertThat(outcome.answered).isGreaterThanOrEqualTo(ENOUGH);
        assertThat(outcome.slowest).isLessThan(Duration.ofSeconds(1));
    }

    private int stillOpen() throws IOException {
        int open = 0;
        for (Socket socket : slow) {
            open += isOpen(socket) ? 1 : 0;
        }
        return open;
    }

    private static boolean isOpen(Socket socket) {
        try {
            socket.setSoTimeout(20);
            while (socket.getInputStream().read() >= 0) {
                // An answer such as 408 may stand before the end.
            }
            return false;
        } catch (SocketTimeoutException nothingComes) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }
}
