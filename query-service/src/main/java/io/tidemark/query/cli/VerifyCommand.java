package io.tidemark.query.cli;

import io.tidemark.query.http.Json;
import io.tidemark.query.oracle.NotAnOracle;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.verification.CannotTell;
import io.tidemark.query.verification.Difference;
import io.tidemark.query.verification.Verification;
import io.tidemark.query.verification.Verification.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify}: an oracle's file against what is served. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Compares what load --oracle wrote with what an instance answers over HTTP, to the last digit: each",
            "customer's whole time, the minutes where that differs, and the usage by customer.",
            "Prints a line for each difference, and at the end one of JSON:",
            "  CUSTOMER <tab> MINUTE <tab> FIELD <tab> expected NUMBER <tab> served NUMBER",
            "Needs a key of the load's tenant with the scope read."
        },
        footer = {"", "Exit codes: 0 all is equal, 1 something differs, 2 it could not be found out."})
final class VerifyCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final int DIFFERENT = 1;
    private static final int UNKNOWN = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--oracle", paramLabel = "FILE", description = "What load wrote. Needed.")
    private @Nullable Path file;

    @Option(
            names = "--differences",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many are printed; default: ${DEFAULT-VALUE}")
    private int differences = 20;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "How long to wait for an answer that contains all that was sent; default: ${DEFAULT-VALUE}")
    private Duration wait = Duration.ofSeconds(60);

    @Mixin
    private RemoteOptions remote = new RemoteOptions();

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        if (file == null) {
            faults.add("--oracle is missing");
        } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
            faults.add("--oracle " + file + " cannot be read");
        }
        if (differences < 1) {
            faults.add("--differences must be 1 or more");
        }
        faults.addAll(remote.faults());
        return faults;
    }

    @Override
    public Integer call() {
        if (file == null) {
            throw new IllegalStateException("it was checked");
        }
        try {
            Outcome outcome = new Verification(remote.instance(), wait, differences, this::print).of(file);
            print(outcome);
            return outcome.differences() == 0 ? ExitCode.OK : DIFFERENT;
        } catch (CallFailed | CannotTell | NotAnOracle | IOException unknown) {
            String.valueOf(unknown.getMessage()).lines().forEach(this::complain);
            return UNKNOWN;
        }
    }

    private void complain(String line) {
        spec.commandLine().getErr().println("error: " + line);
        spec.commandLine().getErr().flush();
    }

    private void print(Difference difference) {
        println(String.join(
                "\t",
                difference.customer(),
                difference.when(),
                difference.field(),
                "expected " + Json.plain(difference.expected()),
                "served " + Json.plain(difference.served())));
    }

    private void print(Outcome outcome) {
        if (outcome.end().unacknowledged() > 0) {
            complain(outcome.end().unacknowledged()
                    + " events of the load were never acknowledged: they may have been counted, and are not expected");
        }
        var line = new LinkedHashMap<String, Object>();
        line.put("equal", outcome.differences() == 0);
        line.put("customers", outcome.customers());
        line.put("minutes_and_meters", outcome.end().rows());
        line.put("events", outcome.end().events());
        line.put("differences", outcome.differences());
        line.put("more", outcome.more());
        line.put("from", outcome.header().from());
        line.put("until", outcome.header().until());
        println(Json.write(line));
    }

    private void println(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }
}
