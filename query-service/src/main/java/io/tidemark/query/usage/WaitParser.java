package io.tidemark.query.usage;

import io.tidemark.query.period.Durations;
import io.tidemark.query.period.Timeout;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code after}, {@code timeout} and {@code max_staleness}. What a position means is the read side's to say. */
public final class WaitParser {
    /** The parameters it reads. */
    public static final Set<String> PARAMETERS = Set.of("after", "timeout", "max_staleness");

    private static final Duration LONGEST_STALENESS = Duration.ofDays(1);

    private WaitParser() {}

    /** Waits for nothing where it added a fault. */
    public static Wait parse(Parameters parameters, Faults faults) {
        Duration atMost = Timeout.parse(parameters, "after", faults);
        Optional<String> after = parameters.text("after");
        if (after.filter(String::isBlank).isPresent()) {
            faults.add("after", "must be a position out of an answer");
        }
        Optional<Duration> stale = maxStaleness(parameters, faults);
        return new Wait(after, after.isPresent() ? atMost : Duration.ZERO, stale);
    }

    private static Optional<Duration> maxStaleness(Parameters parameters, Faults faults) {
        if (!parameters.has("max_staleness")) {
            return Optional.empty();
        }
        Optional<Duration> asked = parameters.text("max_staleness").flatMap(Durations::parse);
        if (asked.isEmpty() || asked.get().compareTo(LONGEST_STALENESS) > 0) {
            faults.add("max_staleness", "must be a duration of at most 1 d, such as 5s or 1m");
        }
        return asked;
    }

    /** Until an answer contains a position that we gave. */
    public static Wait until(String position, Optional<Duration> maxStaleness) {
        return new Wait(Optional.of(position), Timeout.DEFAULT, maxStaleness);
    }
}
