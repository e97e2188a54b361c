package io.tidemark.query.usage;

import io.tidemark.query.period.Durations;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code after} and {@code timeout}. What a position means is the read side's to say. */
final class WaitParser {
    static final Set<String> PARAMETERS = Set.of("after", "timeout");

    private static final Duration DEFAULT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private WaitParser() {}

    static Wait parse(Parameters parameters, Faults faults) {
        Duration atMost = timeout(parameters, faults);
        Optional<String> after = parameters.text("after");
        if (after.filter(String::isBlank).isPresent()) {
            faults.add("after", "must be a position out of an answer");
        }
        return after.isPresent() ? new Wait(after, atMost) : Wait.NOT;
    }

    /** Until an answer contains a position that we gave. */
    static Wait until(String position) {
        return new Wait(Optional.of(position), DEFAULT);
    }

    private static Duration timeout(Parameters parameters, Faults faults) {
        if (!parameters.has("timeout")) {
            return DEFAULT;
        }
        if (!parameters.has("after")) {
            faults.add("timeout", "means nothing without after");
        }
        Optional<Duration> asked = parameters.text("timeout").flatMap(Durations::parse);
        if (asked.isEmpty() || asked.get().compareTo(LONGEST) > 0) {
            faults.add("timeout", "must be a duration of at most 30 s, such as 5s or 500ms");
        }
        return asked.orElse(DEFAULT);
    }
}
