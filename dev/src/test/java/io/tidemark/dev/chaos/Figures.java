package io.tidemark.dev.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
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

    void write() throws IOException {
        Path file = Cluster.OUTPUT.resolve(name + ".json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n");
        all.forEach((what, figure) -> System.err.println("chaos " + name + " " + what + ": " + figure));
    }
}
