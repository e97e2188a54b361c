package io.tidemark.query.cli;

import io.tidemark.query.http.Json;
import io.tidemark.query.load.LoadEvents;
import io.tidemark.query.load.LoadProgress;
import io.tidemark.query.load.LoadRun;
import io.tidemark.query.load.LoadRun.Ending;
import io.tidemark.query.load.LoadSettings;
import io.tidemark.query.load.Pacer;
import io.tidemark.query.load.Tally;
import io.tidemark.query.oracle.Header;
import io.tidemark.query.oracle.Oracle;
import io.tidemark.query.oracle.OracleWriter;
import io.tidemark.query.progress.Progress;
import io.tidemark.query.sending.Target;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.KafkaEventPublisher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code load}: many made-up events. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Sends made-up events to Kafka, and writes what the totals must be for verify to compare:",
            "  tidemark load --events 1000000 --oracle totals.ndjson.gz && tidemark verify --oracle totals.ndjson.gz",
            "Prints one line of JSON at the end; how far it is, on standard error. An event that fails is sent",
            "again, which is safe: an id counts once. So is the whole load, where --until says the same end."
        })
final class LoadCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration ENDING = Duration.ofSeconds(45);
    private static final double NANOS = 1e9;

    private final Surroundings surroundings;
    private Optional<Target> target = Optional.empty();
    private Optional<LoadSettings> settings = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private LoadOptions what = new LoadOptions();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "0",
            description = "Events a second, repeats included; 0 is as fast as it goes. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--oracle",
            paramLabel = "FILE",
            description = "Write the exact totals of each customer and minute here; compressed where it ends with .gz."
                    + " Takes some 500 bytes of heap for each minute of a customer's meter.")
    private @Nullable Path oracleFile;

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "60s",
            description = "Give up when Kafka has acknowledged nothing for so long; default: ${DEFAULT-VALUE}")
    private Duration patience = Duration.ofSeconds(60);

    @Mixin
    private TargetOptions where = new TargetOptions();

    LoadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        settings = Optional.of(what.settings(surroundings.clock(), faults));
        if (!(rate >= 0 && rate < 1e9)) {
            faults.add("--rate must be 0 or more");
        }
        if (oracleFile != null && (Files.isDirectory(oracleFile) || !canBeMade(oracleFile))) {
            faults.add("--oracle " + oracleFile + " cannot be written");
        }
        target = where.find(TidemarkCommand.sources(spec), faults);
        return faults;
    }

    private static boolean canBeMade(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        return Files.isWritable(Files.exists(file) || directory == null ? file : directory);
    }

    @Override
    public Integer call() {
        LoadSettings load = settings.orElseThrow();
        Target to = target.orElseThrow();
        Optional<Oracle> oracle = Optional.ofNullable(oracleFile).map(file -> new Oracle());
        var tally = new Tally();
        try (var wanted = Interruption.waitingFor(ENDING);
                EventPublisher publisher = surroundings
                        .publishers()
                        .connect(where.connection().unlessGiven(KafkaEventPublisher.IN_BULK), where.topicPrefix())) {
            var events = new LoadEvents(to.tenant(), load);
            var run = new LoadRun(publisher, events, load.events(), Pacer.of(rate), oracle, tally, patience);
            long began = System.nanoTime();
            Ending ending = run(run, tally, load.events(), wanted);
            double seconds = (System.nanoTime() - began) / NANOS;
            oracle.ifPresent(
                    sums -> write(sums, new Header(to.tenant(), load.prefix(), load.from(), load.until()), ending));
            print(load, tally.counts(), ending, seconds);
            return ending.whole() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private Ending run(LoadRun run, Tally tally, long events, Interruption wanted) {
        try (var progress = Progress.of(
                new LoadProgress(tally, events),
                BETWEEN_LINES,
                spec.commandLine().getErr())) {
            progress.begin();
            return run.run(wanted);
        }
    }

    private void write(Oracle oracle, Header header, Ending ending) {
        if (oracleFile != null) {
            try {
                OracleWriter.write(oracleFile, header, oracle, ending.unacknowledged(), ending.position());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void print(LoadSettings load, Tally.Counts counts, Ending ending, double seconds) {
        ending.failure().ifPresent(why -> spec.commandLine().getErr().println("error: given up: " + why.getMessage()));
        var line = new LinkedHashMap<String, Object>();
        line.put("events", counts.events());
        line.put("duplicates", counts.duplicates());
        line.put("sent", counts.sent());
        line.put("acknowledged", counts.acknowledged());
        line.put("failed", counts.failed());
        line.put("unacknowledged", ending.unacknowledged());
        line.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
        line.put("rate", Math.round(counts.acknowledged() / seconds));
        line.put("prefix", load.prefix());
        line.put("until", load.until());
        line.put("position", ending.position());
        spec.commandLine().getOut().println(Json.write(line));
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().flush();
    }
}
