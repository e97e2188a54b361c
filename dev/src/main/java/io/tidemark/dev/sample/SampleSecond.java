package io.tidemark.dev.sample;

import io.tidemark.query.load.Dice;
import io.tidemark.query.load.MadeEvent;
import io.tidemark.query.load.Skew;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** What trickles in within a second, on top of the hour, so that there is something to see: two to four calls. */
final class SampleSecond {
    private static final int TRICKLE = 4;
    private static final int FEWEST = 2;
    private static final int SPREAD = 3;
    private static final Skew.Draw COMPANIES = Skew.ZIPF.over(Company.ALL.size());

    private SampleSecond() {}

    static List<MadeEvent> events(String tenant, long seed, Instant second) {
        long number = second.getEpochSecond();
        Dice dice = Dice.of(seed, TRICKLE, number);
        return IntStream.range(0, FEWEST + (int) dice.below(SPREAD))
                .mapToObj(i -> {
                    Company company = Company.ALL.get(COMPANIES.with(dice));
                    Instant at = Instant.ofEpochSecond(number).plus(dice.below(1_000_000), ChronoUnit.MICROS);
                    return Call.of(tenant, company, "sample-" + seed + "-live-" + number + "-" + i, at, dice);
                })
                .toList();
    }
}
