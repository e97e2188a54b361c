package io.tidemark.query.period;

import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import java.time.Duration;
import java.util.Optional;

/** How long a call may wait for what it asks to wait for: {@code timeout}. */
public final class Timeout {
    public static final Duration DEFAULT = Duration.ofSeconds(5);

    private static final String PARAMETER = "timeout";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Timeout() {}

    /**
     * The default where nothing is said; what is wrong is a fault.
     *
     * @param of the parameter that says what is waited for
     */
    public static Duration parse(Parameters parameters, String of, Faults faults) {
        if (!parameters.has(PARAMETER)) {
            return DEFAULT;
        }
        if (!parameters.has(of)) {
            faults.add(PARAMETER, "means nothing without " + of);
        }
        Optional<Duration> asked = parameters.text(PARAMETER).flatMap(Durations::parse);
        if (asked.isEmpty() || asked.get().compareTo(LONGEST) > 0) {
            faults.add(PARAMETER, "must be a duration of at most 30 s, such as 5s or 500ms");
        }
        return asked.orElse(DEFAULT);
    }
}
