package io.tidemark.query.ingest;

import io.tidemark.query.period.Timeout;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code wait=counted} and {@code timeout=}. */
final class WaitForFate {
    private WaitForFate() {}

    /** How long to wait for what becomes of the events; empty: not at all. */
    static Optional<Duration> parse(Parameters parameters, Faults faults) {
        parameters.allowOnly(Set.of("wait", "timeout"), faults);
        Optional<String> wait = parameters.text("wait");
        if (wait.filter(what -> !what.equals("counted")).isPresent()) {
            faults.add("wait", "must be counted");
        }
        Duration timeout = Timeout.parse(parameters, "wait", faults);
        return wait.isPresent() ? Optional.of(timeout) : Optional.empty();
    }
}
