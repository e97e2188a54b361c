package io.tidemark.query.exporting;

import static io.tidemark.query.remote.RemoteInstance.encoded;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which usage is wanted.
 *
 * @param period the parameters that say of when: {@code period}, {@code from}, {@code to}, {@code timezone}
 * @param which those that say of what: {@code meter}, {@code currency}, {@code include_inactive}
 * @param after a position that must be in it; empty: whatever there is
 * @param patience how long each question is asked
 */
public record ExportAsked(
        Map<String, String> period, Map<String, String> which, Optional<String> after, Duration patience) {
    /** Shorter than a call may take. */
    private static final long LONGEST_WAIT_SECONDS = 20;

    public ExportAsked {
        period = Map.copyOf(period);
        which = Map.copyOf(which);
    }

    /** A question about that period, whose answer contains a position. */
    String question(Map<String, String> of, Optional<String> position) {
        var parameters = new TreeMap<>(which);
        parameters.putAll(of);
        position.ifPresent(contained -> {
            parameters.put("after", contained);
            parameters.put("timeout", Math.min(LONGEST_WAIT_SECONDS, patience.toSeconds()) + "s");
        });
        var query = new StringBuilder();
        parameters.forEach(
                (name, value) -> query.append('&').append(name).append('=').append(encoded(value)));
        return query.toString();
    }
}
