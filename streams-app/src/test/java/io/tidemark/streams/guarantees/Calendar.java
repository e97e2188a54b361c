package io.tidemark.streams.guarantees;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.reading.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The periods asked about, and the ones that must be answered for. */
final class Calendar {
    private final Instant begin;
    private final Instant newest;
    private final Retention keep;

    Calendar(Instant begin, Instant newest, Retention keep) {
        this.begin = begin;
        this.newest = newest;
        this.keep = keep;
    }

    /** Thirty days to the minute, a month of Kathmandu, a month of New York, and any minutes. */
    List<Period> draw(Random random) {
        Instant end = newest.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        var periods = new ArrayList<Period>();
        periods.add(new Period(end.minus(Duration.ofDays(30)), end));
        periods.add(month(any(random), ZoneId.of("Asia/Kathmandu")));
        periods.add(month(any(random), ZoneId.of("America/New_York")));
        for (int i = 0; i < 3; i++) {
            Instant one = any(random);
            Instant other = random.nextBoolean() ? any(random) : one.plus(Duration.ofMinutes(random.nextInt(3_000)));
            periods.add(
                    one.isBefore(other) ? new Period(one, other) : new Period(other, one.plus(Duration.ofMinutes(1))));
        }
        return periods;
    }

    private Instant any(Random random) {
        long seconds = Duration.between(begin, newest).toSeconds() + 86_400 * 40;
        return begin.minus(Duration.ofDays(38))
                .plus(Duration.ofSeconds((long) (random.nextDouble() * seconds)))
                .truncatedTo(ChronoUnit.MINUTES);
    }

    private static Period month(Instant within, ZoneId zone) {
        YearMonth month = YearMonth.from(within.atZone(zone));
        return new Period(
                month.atDay(1).atStartOfDay(zone).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant());
    }

    /** The asked period, its bounds moved outward only as far as what is purged forces them. */
    Period answered(Period asked) {
        Instant from = asked.from().minusNanos(asked.from().getEpochSecond() % grid(asked.from()) * 1_000_000_000L);
        long over = asked.to().getEpochSecond() % grid(asked.to());
        Instant to = over == 0 ? asked.to() : asked.to().plusSeconds(grid(asked.to()) - over);
        return new Period(from, to);
    }

    private long grid(Instant bound) {
        if (bound.isBefore(midnight(keep.days()))) {
            return 86_400;
        }
        return bound.isBefore(midnight(keep.hours())) ? 900 : 60;
    }

    private Instant midnight(Duration kept) {
        return newest.minus(kept)
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }
}
