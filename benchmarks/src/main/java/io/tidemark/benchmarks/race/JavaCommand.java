package io.tidemark.benchmarks.race;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How processes are started, all alike: the collector a JVM takes by itself on a machine with two cores, a heap that nobody fills, methods compiled once they are
 * as busy as the image of {@code serve} wants them to be (decision 0038), and what {@code bench.options} says beside.
 *
 * @param classPath of the process
 */
public record JavaCommand(String classPath) {
    private static final String OPTIONS =
            System.getProperty("bench.options", "").trim();

    /** With the libraries of the product alone, also where this runs beside those of peers. */
    public static JavaCommand own() {
        return new JavaCommand(System.getProperty("bench.classpath", System.getProperty("java.class.path")));
    }

    public ProcessBuilder of(String main, String heap, List<String> words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseG1GC",
                "-XX:Tier4InvocationThreshold=20000",
                "-XX:Tier4MinInvocationThreshold=2400",
                "-XX:Tier4CompileThreshold=60000",
                "-XX:Tier4BackEdgeThreshold=160000",
                "-Xmx" + heap,
                "-cp",
                classPath,
                main));
        if (!OPTIONS.isEmpty()) {
            command.addAll(command.indexOf("-cp"), List.of(OPTIONS.split(" +", -1)));
        }
        command.addAll(words);
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("TIDEMARK_"));
        builder.environment().put("TIDEMARK_LOG_LEVEL", "WARN");
        return builder;
    }
}
