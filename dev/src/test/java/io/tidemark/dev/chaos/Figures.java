package io.tidemark.dev.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured, printed and kept in {@code target/chaos}. */
final class Figures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> all = new LinkedHashMap<>();
    private final String name;

    Figures(String name, long seed) {
        this.name = name;
        put("at", Instant.now().toString());
        put(
                "machine",
                System.getProperty("java.vm.version") + ", " + System.getProperty("os.name") + ", "
                        + Runtime.getRuntime().availableProcessors() + " cores");
        put("seed", seed);
    }

    Figures put(String what, Object figure) {
        all.put(what, figure);
        return this;
    }

    /** Every call, to look for what is behind a figure: when, how long, to whom, and what came of it. */
    void write(List<Call> calls) throws IOException {
        var lines = new StringBuilder("start,micros,kind,question,try,instance,after,status,as_of,missing\n");
        for (Call call : calls) {
            lines.append(String.join(
                    ",",
                    call.start().toString(),
                    String.valueOf(Duration.between(call.start(), call.end()).toNanos() / 1000),
                    call.kind().name(),
                    String.valueOf(call.question()),
                    String.valueOf(call.tries()),
                    String.valueOf(call.instance()),
                    String.valueOf(!call.after().isEmpty()),
                    String.valueOf(call.status()),
                    call.said().asOf().toString(),
                    String.valueOf(call.said().missing().size())));
            lines.append('\n');
        }
        Files.writeString(Cluster.OUTPUT.resolve(name + "-calls.csv"), lines);
    }

    void write() throws IOException {
        Path file = Cluster.OUTPUT.resolve(name + ".json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        all.forEach((what, figure) -> System.err.println("chaos " + name + " " + what + ": " + figure));
    }
}
