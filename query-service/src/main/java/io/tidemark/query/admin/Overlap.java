package io.tidemark.query.admin;

import io.tidemark.query.period.Durations;
import io.tidemark.query.request.JsonBody;
import java.time.Duration;

/** How long a key that is replaced is taken beside the new one, so that nobody has to change both ends at once. */
final class Overlap {
    private static final Duration DEFAULT = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(366);

    private Overlap() {}

    static Duration read(JsonBody body) {
        Duration overlap = body.parsed(
                        "overlap",
                        text -> Durations.parse(text).filter(asked -> asked.compareTo(LONGEST) <= 0),
                        "must be a duration of at most 366 days, such as 24h or 0s")
                .orElse(DEFAULT);
        body.allowNothingElse();
        return overlap;
    }
}
