package io.tidemark.query.cli;

import io.tidemark.query.http.Json;
import io.tidemark.query.importing.CannotImport;
import io.tidemark.query.importing.CustomerImport;
import io.tidemark.query.importing.DryRun;
import io.tidemark.query.importing.ImportProgress;
import io.tidemark.query.importing.ImportRun;
import io.tidemark.query.importing.ImportSettings;
import io.tidemark.query.progress.Progress;
import io.tidemark.query.remote.CallFailed;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code customers import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Makes the customers of a file, and changes those that are there already. A CSV file's columns are the",
            "API's fields, metadata.KEY for each key of the metadata; an empty cell gives nothing. external_id is needed.",
            "A row that is refused stops no other: it is reported, with all that is wrong with it, to FILE.refused.ndjson,",
            "which can be mended and imported in its turn.",
            "How far it is, is kept in FILE.progress: after Ctrl-C or a crash the same command goes on where it was.",
            "Prints one line of JSON at the end; how far it is, on standard error."
        },
        footer = {
            "",
            "Exit codes: 0 all is done, 1 rows were refused or it stopped, 2 the call or the file is wrong: nothing was sent."
        })
final class ImportCustomersCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration ENDING = Duration.ofSeconds(45);
    private static final double NANOS = 1e9;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ImportOptions what = new ImportOptions();

    @Option(
            names = "--dry-run",
            description = "Send nothing: print what would be refused, without what only an instance knows.")
    private boolean dryRun;

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        what.check(faults);
        if (!dryRun) {
            faults.addAll(remote.faults());
        }
        return faults;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return dryRun ? look() : send(what.settings());
        } catch (CannotImport nothingSent) {
            complain(nothingSent);
            return ExitCode.USAGE;
        }
    }

    private int look() throws IOException {
        DryRun.Found found = DryRun.of(what.file(), this::println);
        var line = new LinkedHashMap<String, Object>();
        line.put("rows", found.rows());
        line.put("refused", found.refused());
        println(Json.write(line));
        return found.refused() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private int send(ImportSettings settings) throws IOException, InterruptedException {
        try (var customers = CustomerImport.open(settings, remote.instance())) {
            ImportRun run = customers.start();
            long began = System.nanoTime();
            try (var wanted = Interruption.waitingFor(ENDING, run::stop)) {
                boolean failed = fails(customers, run);
                print(customers, settings, (System.nanoTime() - began) / NANOS);
                boolean whole =
                        !failed && wanted.getAsBoolean() && customers.counts().refused() == 0;
                return whole ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    /** What it did so far is told all the same. */
    private boolean fails(CustomerImport customers, ImportRun run) throws IOException, InterruptedException {
        try (var progress = Progress.of(
                new ImportProgress(customers, run),
                BETWEEN_LINES,
                spec.commandLine().getErr())) {
            progress.begin();
            run.run();
            return false;
        } catch (CallFailed stopped) {
            complain(stopped);
            return true;
        }
    }

    private void complain(RuntimeException failure) {
        String.valueOf(failure.getMessage())
                .lines()
                .forEach(fault -> spec.commandLine().getErr().println("error: " + fault));
        spec.commandLine().getErr().flush();
    }

    private void print(CustomerImport customers, ImportSettings settings, double seconds) {
        long done = customers.counts().rows();
        if (customers.counts().refused() > 0) {
            note("refused rows, and why: " + settings.refused());
        }
        if (done < customers.total()) {
            note("not all is done: the same command goes on with the rest");
        } else if (done == customers.before()) {
            note("all was done before; --restart does it again");
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("rows", customers.total());
        line.put("done", done);
        line.put("done_before", customers.before());
        customers.counts().addTo(line);
        line.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
        line.put("rate", Math.round((done - customers.before()) / seconds));
        println(Json.write(line));
    }

    private void note(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }

    private void println(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
