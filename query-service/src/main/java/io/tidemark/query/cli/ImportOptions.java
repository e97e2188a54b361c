package io.tidemark.query.cli;

import io.tidemark.query.importing.CustomerFile;
import io.tidemark.query.importing.Existing;
import io.tidemark.query.importing.ImportSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is imported, and how. */
final class ImportOptions {
    private static final int MOST_AT_ONCE = 1000;

    @Parameters(
            paramLabel = "FILE",
            description = "CSV with a header (.csv), or a JSON object a line (.ndjson, .jsonl), in UTF-8.")
    private Path file = Path.of("");

    @Option(
            names = "--existing",
            paramLabel = "WHAT",
            defaultValue = "update",
            description =
                    "What becomes of a customer that is there already: update changes what the row gives, skip leaves"
                            + " it, refuse reports the row. Default: ${DEFAULT-VALUE}")
    private Existing existing = Existing.UPDATE;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "256",
            description = "Rows on their way at once; each takes a fifth of a second. Default: ${DEFAULT-VALUE}")
    private int parallel = 256;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "Stop when the instance is busy or away for so long; default: ${DEFAULT-VALUE}")
    private Duration patience = Duration.ofSeconds(60);

    @Option(names = "--progress", paramLabel = "FILE", description = "Keep here how far it is. Default: FILE.progress")
    private @Nullable Path progress;

    @Option(
            names = "--refused",
            paramLabel = "FILE",
            description = "Report here what was refused, and why. Default: FILE.refused.ndjson")
    private @Nullable Path refused;

    @Option(names = "--restart", description = "Begin from the first row, whatever was done before.")
    private boolean restart;

    /** What is wrong with them; nothing where no file is named, which is said already. */
    void check(List<String> faults) {
        if (file.toString().isEmpty()) {
            return;
        }
        CustomerFile.check(file, faults);
        if (parallel < 1 || parallel > MOST_AT_ONCE) {
            faults.add("--parallel must be 1 to " + MOST_AT_ONCE);
        }
        Path kept = beside(progress, ".progress");
        Path report = beside(refused, ".refused.ndjson");
        checkWritable("--progress", kept, faults);
        checkWritable("--refused", report, faults);
        if (Stream.of(file, kept, report)
                        .map(ImportOptions::absolute)
                        .distinct()
                        .count()
                < 3) {
            faults.add("FILE, --progress and --refused must be three files");
        }
    }

    private static void checkWritable(String option, Path path, List<String> faults) {
        Path directory = absolute(path).getParent();
        if (Files.isDirectory(path) || !Files.isWritable(Files.exists(path) || directory == null ? path : directory)) {
            faults.add(option + " " + path + " cannot be written");
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    private Path beside(@Nullable Path given, String ending) {
        return Optional.ofNullable(given).orElseGet(() -> Path.of(file + ending));
    }

    CustomerFile file() {
        return new CustomerFile(file);
    }

    ImportSettings settings() {
        return new ImportSettings(
                file(),
                beside(progress, ".progress"),
                beside(refused, ".refused.ndjson"),
                existing,
                parallel,
                patience,
                restart);
    }
}
