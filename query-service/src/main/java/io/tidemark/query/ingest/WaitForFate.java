package io.tidemark.query.ingest;

import io.tidemark.query.period.Durations;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code wait=counted} and {@code timeout=}. */
final class WaitForFate {
    private static final Duration DEFAULT = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private WaitForFate() {}

    /** How long to wait for what becomes of the events; empty: not at all. */
    static Optional<Duration> parse(Parameters parameters, Faults faults) {
        parameters.allowOnly(Set.of("wait", "timeout"), faults);
        Optional<String> wait = parameters.text("wait");
        if (wait.filter(what -> !what.equals("counted")).isPresent()) {
            faults.add("wait", "must be counted");
        }
        Duration timeout = DEFAULT;
        if (parameters.has("timeout")) {
            Optional<Duration> asked = parameters.text("timeout").flatMap(Durations::parse);
            if (wait.isEmpty()) {
                faults.add("timeout", "means nothing without wait");
            }
            if (asked.isEmpty() || asked.get().compareTo(LONGEST) > 0) {
                faults.add("timeout", "must be a duration of at most 30 s, such as 5s or 500ms");
            }
            timeout = asked.orElse(DEFAULT);
        }
        return wait.isPresent() ? Optional.of(timeout) : Optional.empty();
    }
}
