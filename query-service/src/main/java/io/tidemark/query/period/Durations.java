package io.tidemark.query.period;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A duration in any of the syntaxes that are taken. No two of them read one text differently. */
public final class Durations {
    private static final List<Function<String, Optional<Duration>>> SYNTAXES =
            List.of(NetTimeSpan::parse, IsoDuration::parse, ShortDuration::parse);

    private Durations() {}

    /** Never negative; empty when no syntax takes the text. */
    public static Optional<Duration> parse(String text) {
        return SYNTAXES.stream()
                .map(syntax -> syntax.apply(text))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
