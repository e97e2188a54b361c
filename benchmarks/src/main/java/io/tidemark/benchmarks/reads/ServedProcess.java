package io.tidemark.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.benchmarks.race.JavaCommand;
import io.tidemark.query.Main;
import io.tidemark.streams.connecting.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code tidemark serve} in a process of its own. */
final class ServedProcess implements AutoCloseable {
    static final String BOOTSTRAP_KEY = "a-key-of-the-operator";
    private static final String READY = "ready http=";

    private final Process process;
    private final String url;

    private ServedProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /**
     * Returns when it is ready.
     *
     * @param further options; without {@code --standbys} there are none
     */
    static ServedProcess start(
            JavaCommand java, Connection connection, Path state, Duration commit, Path log, String... further)
            throws IOException {
        var words = new ArrayList<>(List.of(
                "serve",
                "--kafka",
                connection.kafka(),
                "--registry",
                connection.registry(),
                "--replication-factor",
                "1",
                "--create-topics",
                "--admit-new-tenants",
                "--http-port",
                "0",
                "--peer-port",
                "0",
                "--state-dir",
                state.toString(),
                "--commit-interval",
                commit.toMillis() + "ms"));
        words.addAll(List.of(further));
        ProcessBuilder builder = java.of(Main.class.getName(), "3g", words)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("TIDEMARK_STANDBYS", "0");
        builder.environment().put("TIDEMARK_BOOTSTRAP_KEY", BOOTSTRAP_KEY);
        builder.environment().put("TIDEMARK_PEER_SECRET", "what instances of a benchmark know each other by");
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                return new ServedProcess(process, line.substring(READY.length()).split(" ", -1)[0]);
            }
        }
        throw new IllegalStateException("it did not start: see " + log);
    }

    String url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
