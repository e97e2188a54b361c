package io.tidemark.query.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A file of customers: CSV with a header, or NDJSON. Its name says which. */
public record CustomerFile(Path path) {
    private static final List<String> CSV = List.of(".csv");
    private static final List<String> NDJSON = List.of(".ndjson", ".jsonl");

    /** What is wrong with a file before anything of it is read. */
    public static void check(Path path, List<String> faults) {
        if (!ends(path, CSV) && !ends(path, NDJSON)) {
            faults.add(path + " must end with .csv or .ndjson");
        } else if (!Files.isReadable(path) || Files.isDirectory(path)) {
            faults.add(path + " cannot be read");
        }
    }

    private static boolean ends(Path path, List<String> endings) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(name::endsWith);
    }

    /**
     * The rows from the first on.
     *
     * @throws CannotImport where it has no header, or one with columns that nobody knows
     */
    Rows open() throws IOException {
        return ends(path, CSV) ? CsvRows.open(path) : NdjsonRows.open(path);
    }
}
