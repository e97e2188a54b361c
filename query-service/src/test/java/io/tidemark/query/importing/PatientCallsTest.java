package io.tidemark.query.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidemark.query.importing.PatientCalls.Halted;
import io.tidemark.query.remote.RemoteAnswer;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.remote.RemoteTarget;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PatientCallsTest {
    private static final int HANGS_UP = 0;

    private final HttpServer server = server();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final List<Long> asked = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final Window window = new Window(1, 1, (row, outcome) -> {});

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listen() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(System.nanoTime());
        keys.addAll(exchange.getRequestHeaders().get("Idempotency-Key"));
        Integer status = answers.remove();
        if (status == HANGS_UP) {
            exchange.close();
            return;
        }
        if (status == 429) {
            exchange.getResponseHeaders().add("Retry-After", "1");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private RemoteAnswer ask(Duration patience, Integer... will) throws Halted, InterruptedException {
        answers.addAll(List.of(will));
        RemoteInstance instance = RemoteTarget.find(
                        Optional.of("http://127.0.0.1:" + server.getAddress().getPort()),
                        Optional.of("key"),
                        Path.of("."),
                        new ArrayList<>())
                .orElseThrow();
        return new PatientCalls(instance, patience, window)
                .ask("POST", "/x", Optional.of("{}"), Map.of("Idempotency-Key", "k"));
    }

    @Test
    void asksTheSameAgainOfWhoIsBusyOrAway() throws Exception {
        assertThat(ask(Duration.ofSeconds(60), 503, HANGS_UP, 408, 409).status())
                .isEqualTo(409);
        assertThat(keys).hasSize(4).containsOnly("k");
        long first = asked.get(1) - asked.get(0);
        long last = asked.get(3) - asked.get(2);
        assertThat(last).as("ever more slowly").isGreaterThan(2 * first);
        assertThat(window.why()).isEmpty();
    }

    @Test
    void waitsAsLongAsItIsAskedTo() throws Exception {
        assertThat(ask(Duration.ofSeconds(60), 429, 201).isGood()).isTrue();
        assertThat(asked.get(1) - asked.get(0))
                .isGreaterThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void givesUpWhenItsPatienceEnds() {
        assertThatThrownBy(() -> ask(Duration.ofMillis(500), 503, 503, 503, 503, 503, 503))
                .isInstanceOf(Halted.class);
        assertThat(asked).hasSizeBetween(2, 4);
        assertThat(window.why().orElseThrow()).hasMessageStartingWith("503");
    }

    @Test
    void doesNotWaitForOneThatNeverWasThere() {
        assertThatThrownBy(() -> ask(Duration.ofSeconds(60), HANGS_UP)).isInstanceOf(Halted.class);
        assertThat(window.why().orElseThrow()).hasMessageContaining("cannot be reached");
    }

    @Test
    void endsItsWaitWhenAllEnds() throws Exception {
        var ending = new Thread(() -> {
            while (asked.isEmpty()) {
                Thread.onSpinWait();
            }
            window.halt();
        });
        ending.start();
        long began = System.nanoTime();
        assertThatThrownBy(() -> ask(Duration.ofSeconds(60), 429, 201)).isInstanceOf(Halted.class);
        assertThat(System.nanoTime() - began).isLessThan(Duration.ofMillis(900).toNanos());
        ending.join();
    }
}
