package io.tidemark.benchmarks.reads;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a run says, line by line, as it comes to be known; kept in a file under {@code bench.results}. */
final class Sheet {
    static final Path RESULTS = Path.of(System.getProperty("bench.results", "target/bench"));

    private final List<String> lines = new ArrayList<>();
    private final String name;

    /** @param name of its file */
    Sheet(String name) throws IOException {
        this.name = name;
        Files.createDirectories(RESULTS);
    }

    void say(String format, Object... with) {
        String line = String.format(Locale.ROOT, format, with);
        lines.add(line);
        System.out.println(line);
    }

    /** All that was said so far. */
    void write() throws IOException {
        Files.write(RESULTS.resolve(name), lines);
    }
}
