package io.tidemark.benchmarks.race;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.connecting.Connection;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running {@link Ground}. */
public final class GroundProcess implements AutoCloseable {
    private static final String READY = "ready ";

    private final Process process;
    private final Connection connection;

    private GroundProcess(Process process, Connection connection) {
        this.process = process;
        this.connection = connection;
    }

    /** Returns when it answers. */
    public static GroundProcess start(JavaCommand java, Path directory) throws IOException {
        Process process = java.of(Ground.class.getName(), "2g", List.of(directory.toString()))
                .redirectError(directory.resolveSibling("ground.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var out = new BufferedReader(new java.io.InputStreamReader(process.getInputStream(), UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                List<String> words = List.of(line.substring(READY.length()).split(" ", -1));
                return new GroundProcess(process, new Connection(words.get(0), words.get(1)));
            }
        }
        throw new IllegalStateException("the broker did not start: see ground.log");
    }

    public Connection connection() {
        return connection;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
