package io.tidemark.dev.chaos;

import io.tidemark.dev.fixtures.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One place of the cluster where an instance runs, dies, and runs again: the same address, the same state directory. */
final class Member {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final int number;
    private final int port = FreePorts.next();
    private final Path state;
    private final Jvm.Program program;
    private final List<String> arguments;
    private final Map<String, String> variables;
    private volatile @Nullable Jvm jvm;

    Member(int number, Path state, Jvm.Program program, List<String> common, Map<String, String> variables) {
        this.number = number;
        this.state = state;
        this.program = program;
        this.variables = variables;
        arguments = new ArrayList<>(common);
        arguments.addAll(List.of("--http-port", String.valueOf(port), "--state-dir", state.toString()));
    }

    int number() {
        return number;
    }

    Path state() {
        return state;
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    Api api(String key) {
        return new Api(url(), key);
    }

    /** Starts it and returns at once. */
    Member start() {
        if (isRunning()) {
            throw new IllegalStateException("instance " + number + " is running");
        }
        jvm = Jvm.start(program, arguments, variables);
        return this;
    }

    boolean isRunning() {
        Jvm now = jvm;
        return now != null && now.isAlive();
    }

    Jvm process() {
        Jvm now = jvm;
        if (now == null) {
            throw new IllegalStateException("instance " + number + " was never started");
        }
        return now;
    }

    void kill() throws InterruptedException {
        process().kill();
    }

    /** SIGTERM; returns how long it took to end. */
    Duration stop() throws InterruptedException {
        Instant began = Instant.now();
        process().terminate();
        if (!process().awaitEnd(Duration.ofSeconds(30))) {
            throw new IllegalStateException("instance " + number + " does not stop");
        }
        return Duration.between(began, Instant.now());
    }

    void deleteState() throws IOException {
        if (Files.notExists(state)) {
            return;
        }
        try (Stream<Path> all = Files.walk(state)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!one.equals(state)) {
                    Files.deleteIfExists(one);
                }
            }
        }
    }

    /** Status and body of {@code /health/ready}; status 0 where nothing answers. */
    Ready ready() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url() + "/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            var answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Ready(answer.statusCode(), answer.body());
        } catch (IOException nobody) {
            return new Ready(0, String.valueOf(nobody.getMessage()));
        }
    }

    /** What {@code /health/ready} says. */
    record Ready(int status, String body) {}

    /** Returns how long it took from now. */
    Duration awaitReady(Duration atMost) throws InterruptedException {
        Instant began = Instant.now();
        Ready last = ready();
        while (last.status() != 200) {
            if (!isRunning()) {
                throw new IllegalStateException("instance " + number + " ended");
            }
            if (Instant.now().isAfter(began.plus(atMost))) {
                throw new IllegalStateException("instance " + number + " is not ready: " + last);
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            last = ready();
        }
        return Duration.between(began, Instant.now());
    }
}
