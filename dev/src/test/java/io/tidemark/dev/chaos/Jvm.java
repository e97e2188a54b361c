package io.tidemark.dev.chaos;

import io.tidemark.dev.fixtures.ChildJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java process that is there to be killed, stopped in its tracks, or asked to end. */
final class Jvm implements AutoCloseable {
    private final Process process;

    private Jvm(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /**
     * What is to run.
     *
     * @param classPathFirst comes before the class path of the tests
     * @param heap as {@code -Xmx} takes it
     * @param log where it writes, both outputs; added to
     */
    record Program(String main, List<Path> classPathFirst, String heap, Path log) {}

    static Jvm start(Program program, List<String> arguments, Map<String, String> variables) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                // They live for seconds: what starts soonest is fastest.
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx" + program.heap()));
        command.addAll(classPath(program));
        command.add(program.main());
        command.addAll(arguments);
        try {
            Files.createDirectories(program.log().toAbsolutePath().getParent());
            var log = ProcessBuilder.Redirect.appendTo(program.log().toFile());
            var builder = new ProcessBuilder(command).redirectOutput(log).redirectError(log);
            builder.environment().keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
            builder.environment().put("TIDEMARK_LOG_LEVEL", "WARN");
            builder.environment().putAll(variables);
            return new Jvm(builder.start());
        } catch (IOException e) {
            throw new IllegalStateException(program.main() + " does not start", e);
        }
    }

    private static List<String> classPath(Program program) {
        if (program.classPathFirst().isEmpty()) {
            return ChildJava.classPath(program.main());
        }
        var classPath = new ArrayList<String>();
        program.classPathFirst().forEach(path -> classPath.add(path.toString()));
        classPath.add(ChildJava.ofTests());
        return List.of("-cp", String.join(":", classPath));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end and does not wait. */
    void terminate() {
        process.destroy();
    }

    boolean awaitEnd(Duration atMost) throws InterruptedException {
        return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Not one more instruction until it may go on. */
    void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
