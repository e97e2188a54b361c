package io.tidemark.query.sharing;

import io.tidemark.query.period.Durations;
import io.tidemark.query.period.Moment;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.JsonBody;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Until when a link is to be taken. */
final class Lifetime {
    static final Duration DEFAULT = Duration.ofDays(7);
    static final Duration LONGEST = Duration.ofDays(90);

    private Lifetime() {}

    /** The end of a link that is made now; of no use where a fault was added. */
    static Instant read(JsonBody body, Instant now, Faults faults) {
        Optional<Duration> length = body.parsed(
                "expires_in",
                text -> Durations.parse(text).filter(asked -> !asked.isZero() && asked.compareTo(LONGEST) <= 0),
                "must be a duration of more than nothing and at most 90 days, such as 7d or 12h");
        Optional<Instant> end = body.parsed(
                "expires_at",
                text -> Moment.exactly(text).filter(asked -> now.isBefore(asked) && !asked.isAfter(now.plus(LONGEST))),
                "must be an RFC 3339 instant that lies ahead, by at most 90 days");
        if (body.has("expires_in") && body.has("expires_at")) {
            faults.addAt("/expires_at", "says the same as expires_in; give one of them");
        }
        body.allowNothingElse();
        return end.orElseGet(() -> now.plus(length.orElse(DEFAULT)));
    }
}
