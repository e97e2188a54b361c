package io.tidemark.streams.requestlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the log can tell of.
 *
 * @param kept for how long requests are kept after they occurred; zero: not at all, there is no log
 * @param completeSince every request that occurred since then and was counted is in it; empty: none was ever missing. Those before it may be
 *     there or not: they are too old, or were counted while there was no log
 */
public record LogReach(Duration kept, Optional<Instant> completeSince) {

    /** Whether there is a log. */
    public boolean isOn() {
        return !kept.isZero();
    }

    /** That of several partitions. */
    static LogReach ofAll(List<LogReach> some) {
        Duration least =
                some.stream().map(LogReach::kept).min(Duration::compareTo).orElse(Duration.ZERO);
        return new LogReach(
                least,
                some.stream().flatMap(one -> one.completeSince().stream()).max(Instant::compareTo));
    }
}
