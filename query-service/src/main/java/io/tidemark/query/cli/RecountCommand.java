package io.tidemark.query.cli;

import io.tidemark.query.period.Moment;
import io.tidemark.query.progress.Progress;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.request.ExternalId;
import io.tidemark.query.verification.CannotTell;
import io.tidemark.query.verification.PagesOverHttp;
import io.tidemark.streams.recount.CannotRecount;
import io.tidemark.streams.recount.Recount;
import io.tidemark.streams.recount.RecountOutcome;
import io.tidemark.streams.recount.RecountQuestion;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

/** {@code recount}: the log against what is served. */
@Command(
        name = "recount",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Reads the input topics again, counts by the product's own rules, and compares every slot of every page with",
            "what an instance serves. Reads from some 53 days before --from to 35 days behind --to, and changes nothing.",
            "Prints a line for each difference, then what was compared:",
            "  CUSTOMER <tab> SLOT <tab> PAGE <tab> FIELD <tab> recounted NUMBER <tab> served NUMBER",
            "where SLOT is a minute of an hour page, a quarter hour of a day page, or a day of a month page.",
            "Takes serve's settings: --late, --early and --broker-skew must be those it was counted by."
        },
        footer = {
            "",
            "Exit codes: 0 all is equal, 1 something differs, 2 the call was wrong, 3 it could not be found out."
        })
final class RecountCommand implements Callable<Integer>, CheckedCommand, WithoutVariables {
    private static final int DIFFERENT = 1;
    private static final int UNKNOWN = 3;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Clock clock;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "The first minute: 2026-11-20T00:00:00Z, or a day, which begins in UTC. Needed.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "The minute behind the last. Default: the one that runs")
    private @Nullable String to;

    @Option(names = "--customer", paramLabel = "ID", description = "An external id. Default: all customers")
    private @Nullable String customer;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose customers. Default: the key's own")
    private @Nullable String tenant;

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
            description = "How long to wait for an answer that contains all of the log; default: ${DEFAULT-VALUE}")
    private Duration wait = Duration.ofSeconds(60);

    @Option(
            names = "--json",
            fallbackValue = "true",
            description = "Print lines of JSON, the last of which says what was compared.")
    private boolean json;

    @Mixin
    private RecountOptions options = new RecountOptions();

    private Optional<Instant> begin = Optional.empty();
    private Optional<Instant> end = Optional.empty();

    RecountCommand(Surroundings surroundings) {
        clock = surroundings.clock();
    }

    @Override
    public List<String> faults() {
        var faults = new ArrayList<String>();
        begin = time("--from", from, faults);
        end = to == null ? Optional.of(clock.instant().truncatedTo(ChronoUnit.MINUTES)) : time("--to", to, faults);
        if (begin.isPresent() && end.isPresent() && !begin.get().isBefore(end.get())) {
            faults.add("--to must be later than --from");
        }
        if (customer != null && !ExternalId.valid(customer)) {
            faults.add("--customer " + ExternalId.COMPLAINT);
        }
        if (differences < 1) {
            faults.add("--differences must be 1 or more");
        }
        options.look(TidemarkCommand.sources(spec), faults);
        return faults;
    }

    private static Optional<Instant> time(String option, @Nullable String text, List<String> faults) {
        if (text == null) {
            faults.add(option + " is missing");
            return Optional.empty();
        }
        Optional<Instant> time =
                Moment.exactly(text).or(() -> day(text)).map(instant -> instant.truncatedTo(ChronoUnit.MINUTES));
        if (time.isEmpty()) {
            faults.add(option + " must be a time such as 2026-11-20T00:00:00Z, or a day");
        }
        return time;
    }

    private static Optional<Instant> day(String text) {
        try {
            return Optional.of(
                    LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    @Override
    public Integer call() {
        var report = new RecountReport(spec.commandLine(), json, differences);
        try {
            String whose = tenant == null ? PagesOverHttp.tenant(options.instance()) : tenant;
            var question =
                    new RecountQuestion(whose, Optional.ofNullable(customer), begin.orElseThrow(), end.orElseThrow());
            long began = System.nanoTime();
            RecountOutcome outcome = run(question, whose);
            report.print(question, outcome, Duration.ofNanos(System.nanoTime() - began));
            if (!outcome.equal()) {
                return DIFFERENT;
            }
            return outcome.doubts().isEmpty() ? ExitCode.OK : UNKNOWN;
        } catch (CallFailed | CannotTell | CannotRecount unknown) {
            String.valueOf(unknown.getMessage()).lines().forEach(report::complain);
            return UNKNOWN;
        }
    }

    private RecountOutcome run(RecountQuestion question, String whose) {
        try (Recount recount = Recount.of(options.settings(), question, clock);
                var progress = Progress.of(
                        new RecountProgress(recount),
                        BETWEEN_LINES,
                        spec.commandLine().getErr())) {
            progress.begin();
            return recount.run(new PagesOverHttp(options.instance(), whose, wait));
        }
    }
}
