package io.tidemark.streams.recount;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.dedupe.SeenIds;
import java.time.Instant;

/**
 * Between which append times everything lies that may matter to a question.
 *
 * <p>An event that occurred in {@code [from, to)} was appended from {@code from - early} on and before {@code to + late}. One of the same identity that
 * was counted in its place was appended up to {@code reach} before it, and as an id may be known for longer, up to that much more. Append times of a partition may step back by the skew of the brokers' clocks.
 *
 * @param needed from when on each event is needed
 * @param first from when on events matter as first sights
 * @param last nothing that was appended later matters
 */
record Bounds(Instant needed, Instant first, Instant last) {

    static Bounds of(RecountQuestion question, TimeRule time) {
        Instant needed = question.from().minus(time.early()).minus(time.brokerSkew());
        return new Bounds(
                needed,
                needed.minus(SeenIds.reach(time)).minus(SeenIds.LONGEST_WAIT),
                question.to().plus(time.late()).plus(time.brokerSkew()));
    }
}
