package io.tidemark.query.logs;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.streams.requestlog.LogReach;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the log can tell of, as it is sent with every answer out of it.
 *
 * @param retention an ISO 8601 duration: for how long requests are kept after they occurred
 * @param completeSince every counted request that occurred since then is in the log; null: none was ever missing
 */
record LogBody(String retention, @Nullable Instant completeSince) {
    private static final Problem OFF = Problem.of(
            Problem.Kind.REQUEST_LOG_OFF,
            "Single requests are not kept here: keep-requests is 0. Usage is counted all the same.");

    /** Refuses the request where there is no log. */
    static LogBody of(LogReach log) {
        if (!log.isOn()) {
            throw new Refused(OFF);
        }
        return new LogBody(log.kept().toString(), log.completeSince().orElse(null));
    }
}
