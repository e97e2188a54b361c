package io.tidemark.query.cli;

import io.tidemark.query.exporting.CannotExport;
import io.tidemark.query.exporting.Export;
import io.tidemark.query.exporting.Export.Outcome;
import io.tidemark.query.exporting.ExportAsked;
import io.tidemark.query.exporting.ExportProgress;
import io.tidemark.query.exporting.Head;
import io.tidemark.query.exporting.RowFormat;
import io.tidemark.query.exporting.WholeFile;
import io.tidemark.query.progress.Progress;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.IncompleteAnswer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: the usage of all customers, for a billing run. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Writes what each customer used in a period, with its name, sorted by external id: a row for each.",
            "The same usage and the same names make the same bytes. Rows contain at least the position that is told at the",
            "end, on standard error, with as_of and whether anything changed while it ran.",
            "A text that a spreadsheet would take for a formula is led by an apostrophe in CSV, never in NDJSON.",
            "Needs a key with the scope read."
        },
        footer = {
            "",
            "Exit codes: 0 all is written, 1 it is not, and no file is left, 2 the call was wrong. What was written to",
            "standard output before it failed cannot be taken back: --output has all or nothing."
        })
final class ExportCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description = "2026-10, last_month, 2026-10-05, 7d. This or --from is needed.")
    private @Nullable String period;

    @Option(names = "--from", paramLabel = "WHEN", description = "The first minute: 2026-10-01T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "WHEN", description = "The minute behind the last. Default: now")
    private @Nullable String to;

    @Option(
            names = "--timezone",
            paramLabel = "ZONE",
            description = "Of the calendar: Europe/Berlin. Default: the tenant's")
    private @Nullable String timezone;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv or ndjson; default: ${DEFAULT-VALUE}")
    private RowFormat format = RowFormat.CSV;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Written whole or not at all, in place of what is there. Default: standard output")
    private @Nullable Path output;

    @Option(names = "--meter", paramLabel = "METER", description = "Only this meter's, and its quantity.")
    private @Nullable String meter;

    @Option(names = "--currency", paramLabel = "CODE", description = "Only what has a cost in it, such as USD.")
    private @Nullable String currency;

    @Option(names = "--include-inactive", description = "Also customers that are inactive or deleted.")
    private boolean includeInactive;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Wait until this position is in it: of a write, or of an export before.")
    private @Nullable String after;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description =
                    "How long an answer is asked for that is not there or not complete; default: ${DEFAULT-VALUE}")
    private Duration wait = Duration.ofSeconds(60);

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (period == null && from == null) {
            faults.add("--period is missing");
        }
        if (period != null && (from != null || to != null)) {
            faults.add("--period goes without --from and --to");
        }
        if (output != null) {
            WholeFile.check(output, faults);
        }
        faults.addAll(remote.faults());
        return faults;
    }

    @Override
    public Integer call() {
        try {
            var export = new Export(remote.instance(), asked());
            report(output == null ? toStandardOutput(export) : toFile(export, output));
            return ExitCode.OK;
        } catch (CallFailed | CannotExport | IncompleteAnswer | IOException failed) {
            String.valueOf(failed.getMessage()).lines().forEach(line -> note("error: " + line));
            return ExitCode.SOFTWARE;
        }
    }

    private ExportAsked asked() {
        var when = new LinkedHashMap<String, String>();
        put(when, "period", period);
        put(when, "from", from);
        put(when, "to", to);
        put(when, "timezone", timezone);
        var which = new LinkedHashMap<String, String>();
        put(which, "meter", meter);
        put(which, "currency", currency);
        put(which, "include_inactive", includeInactive ? "true" : null);
        return new ExportAsked(when, which, Optional.ofNullable(after), wait);
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private Outcome toStandardOutput(Export export) throws IOException {
        try (var out = new BufferedWriter(new StandardOutput(spec.commandLine().getOut()))) {
            return run(export, out);
        }
    }

    private Outcome toFile(Export export, Path path) throws IOException {
        try (WholeFile file = WholeFile.at(path)) {
            Outcome outcome = run(export, file.writer());
            file.keep();
            return outcome;
        }
    }

    private Outcome run(Export export, Appendable out) throws IOException {
        try (var progress = Progress.of(
                new ExportProgress(export), BETWEEN_LINES, spec.commandLine().getErr())) {
            progress.begin();
            return export.run(format.writer(out, asked()));
        }
    }

    private void report(Outcome outcome) {
        Head head = outcome.first();
        note(outcome.rows() + " customers, " + head.from() + "/" + head.to() + " by the calendar of " + head.zone()
                + (includeInactive ? "" : "; " + head.excluded() + " inactive or deleted are left out"));
        note("as_of=" + head.asOf() + " complete=true unchanged=" + outcome.unchanged() + " position="
                + head.position());
        if (!outcome.unchanged()) {
            note("usage of this period, or who is in reports, changed while it ran: each row is exact, and contains the"
                    + " position, but they are of moments from as_of to " + outcome.asOf()
                    + " and need not add up; run it again for rows of one moment");
        }
        if (head.asOf().isBefore(Instant.parse(head.to()))) {
            note("the period is not over: more will be used in it");
        }
    }

    private void note(String text) {
        KeyOutput.note(spec.commandLine(), text);
    }
}
