package io.tidemark.query.usage;

import io.tidemark.query.period.Timeout;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads {@code after} and {@code timeout}. What a position means is the read side's to say. */
final class WaitParser {
    static final Set<String> PARAMETERS = Set.of("after", "timeout");

    private WaitParser() {}

    static Wait parse(Parameters parameters, Faults faults) {
        Duration atMost = Timeout.parse(parameters, "after", faults);
        Optional<String> after = parameters.text("after");
        if (after.filter(String::isBlank).isPresent()) {
            faults.add("after", "must be a position out of an answer");
        }
        return after.isPresent() ? new Wait(after, atMost) : Wait.NOT;
    }

    /** Until an answer contains a position that we gave. */
    static Wait until(String position) {
        return new Wait(Optional.of(position), Timeout.DEFAULT);
    }
}
