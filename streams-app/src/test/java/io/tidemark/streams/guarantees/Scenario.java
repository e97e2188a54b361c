package io.tidemark.streams.guarantees;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** What one seed decides before the first event: the rules, the season, the pace. */
record Scenario(TimeRule time, Retention keep, Instant begin, Duration pace) {

    static final int EVENTS = 2_000;

    /** One in three runs by the shipped rules, the others by shorter ones, so that day pages are purged as well. */
    static Scenario draw(Random random) {
        TimeRule time = random.nextInt(3) == 0
                ? TimeRule.DEFAULT
                : new TimeRule(
                        Duration.ofHours(12 + random.nextInt(24 * 9)),
                        Duration.ofMinutes(random.nextInt(30)),
                        Duration.ofMinutes(random.nextInt(20)));
        Duration least = time.late().plus(time.early()).plusDays(2);
        Retention keep = time.equals(TimeRule.DEFAULT)
                ? Retention.DEFAULT
                : new Retention(
                        least.plusHours(random.nextInt(72)), least.plusDays(3).plusHours(random.nextInt(24 * 8)));
        // Half of them over a change of the clocks in New York.
        Instant begin = random.nextBoolean()
                ? Instant.parse(random.nextBoolean() ? "2027-02-20T00:00:00Z" : "2026-10-10T00:00:00Z")
                        .plus(Duration.ofHours(random.nextInt(24 * 20)))
                : Instant.parse("2025-01-01T00:00:00Z").plus(Duration.ofHours(random.nextInt(24 * 1000)));
        Duration length = time.equals(TimeRule.DEFAULT)
                ? Duration.ofDays(1 + random.nextInt(90))
                : time.late().multipliedBy(3 + random.nextInt(4));
        return new Scenario(time, keep, begin, length.dividedBy(EVENTS));
    }

    /** How long after the first sight of an id the product must know it. */
    Duration reach() {
        return time.late().plus(time.early()).plus(time.brokerSkew());
    }
}
