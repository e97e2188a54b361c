package io.tidemark.query.cli;

import io.tidemark.query.load.LoadSettings;
import io.tidemark.query.load.MeterNames;
import io.tidemark.query.load.Skew;
import io.tidemark.query.period.Moment;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the events of a load are. */
final class LoadOptions implements WithoutVariables {
    private static final int LONGEST_PREFIX = 200;
    private static final int MOST_CUSTOMERS = 10_000_000;
    private static final Duration WINDOW = Duration.ofDays(35);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofDays(100_000);

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many, each counted once; default: ${DEFAULT-VALUE}")
    private long events = 100_000;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of how many customers; default: ${DEFAULT-VALUE}")
    private int customers = 100;

    @Option(
            names = "--skew",
            paramLabel = "KIND",
            defaultValue = "uniform",
            description =
                    "uniform: all customers alike; zipf: the n-th has an n-th of the first. Default: ${DEFAULT-VALUE}")
    private Skew skew = Skew.UNIFORM;

    @Option(
            names = "--duplicates",
            paramLabel = "SHARE",
            defaultValue = "0.01",
            description =
                    "Share of the events that are sent again, as by a producer's retry; default: ${DEFAULT-VALUE}")
    private double duplicates = 0.01;

    @Option(
            names = "--late",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Share of the events that happened up to --late-by ago; default: ${DEFAULT-VALUE}")
    private double late = 0.05;

    @Option(
            names = "--late-by",
            paramLabel = "DURATION",
            defaultValue = "30d",
            description = "Default: ${DEFAULT-VALUE}")
    private Duration lateBy = Duration.ofDays(30);

    @Option(
            names = "--spread",
            paramLabel = "DURATION",
            defaultValue = "10m",
            description = "All others happened within this time before the end; default: ${DEFAULT-VALUE}")
    private Duration spread = Duration.ofMinutes(10);

    @Option(
            names = "--meters",
            paramLabel = "N|NAME,…",
            defaultValue = "3",
            description =
                    "How many meters a fourth of the events is about, or which; the others are requests, and all are"
                            + " with 0. Default: ${DEFAULT-VALUE}")
    private String meters = "3";

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "The same seed, end and options of this list make the same events with the same ids; default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--until",
            paramLabel = "INSTANT",
            description = "The end of the events' time, floored to the minute; fix it to repeat a load. Default: now")
    private @Nullable String until;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description =
                    "Begins each customer's external id. Default: load-SEED-HASH-, with a hash of the options above, so"
                            + " that no other load adds to these customers")
    private @Nullable String prefix;

    /** What they say; the faults are empty where it can be sent. */
    LoadSettings settings(Clock clock, List<String> faults) {
        Instant now = clock.instant();
        Optional<Instant> end = until == null ? Optional.of(now) : Moment.parse(until);
        Optional<List<String>> names = MeterNames.parse(meters);
        check(faults);
        check(end.isPresent(), "--until " + Moment.COMPLAINT, faults);
        check(
                names.isPresent(),
                "--meters must be a number up to 1000, or different names of letters, digits and _ . : -",
                faults);
        var settings = new LoadSettings(
                seed,
                events,
                customers,
                duplicates,
                late,
                lateBy,
                spread,
                skew,
                names.orElse(List.of()),
                end.orElse(now).truncatedTo(ChronoUnit.MINUTES),
                Optional.ofNullable(prefix));
        if (faults.isEmpty()) {
            checkTime(settings, now, faults);
        }
        return settings;
    }

    private void check(List<String> faults) {
        check(events > 0, "--events must be 1 or more", faults);
        check(customers > 0 && customers <= MOST_CUSTOMERS, "--customers must be from 1 to " + MOST_CUSTOMERS, faults);
        check(isShare(duplicates), "--duplicates must be from 0 to 1", faults);
        check(isShare(late), "--late must be from 0 to 1", faults);
        check(isSpan(lateBy), "--late-by must be a minute or more", faults);
        check(isSpan(spread), "--spread must be a minute or more", faults);
        check(prefix == null || isId(prefix), "--prefix must have up to 200 bytes and no control characters", faults);
    }

    /** As an instance sees it that was started without other settings. */
    private static void checkTime(LoadSettings settings, Instant now, List<String> faults) {
        check(
                !settings.until().isAfter(now.plus(AHEAD)),
                "--until lies more than 5 minutes ahead: such events are rejected",
                faults);
        check(
                !settings.from().isBefore(now.minus(WINDOW)),
                "the first events would be of " + settings.from() + ", more than 35 days ago, and rejected",
                faults);
    }

    private static boolean isShare(double share) {
        return share >= 0 && share <= 1;
    }

    private static boolean isSpan(Duration span) {
        return span.compareTo(Duration.ofMinutes(1)) >= 0 && span.compareTo(LONGEST) < 0;
    }

    private static boolean isId(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PREFIX
                && text.chars().noneMatch(Character::isISOControl);
    }

    private static void check(boolean right, String otherwise, List<String> faults) {
        if (!right) {
            faults.add(otherwise);
        }
    }
}
