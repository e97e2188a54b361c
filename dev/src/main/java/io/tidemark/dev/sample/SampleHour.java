package io.tidemark.dev.sample;

import io.tidemark.query.load.Dice;
import io.tidemark.query.load.MadeEvent;
import io.tidemark.query.load.Skew;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What all companies did in an hour, UTC: a function of the seed and the hour, and of nothing else. */
final class SampleHour {
    private static final int CALLS = 1;
    private static final int WEEK = 2;
    private static final int METERS = 3;
    /** Calls of all companies together in an hour in which each is in the middle of its working day. */
    private static final double BUSIEST = 600;

    private static final long HOUR_MICROS = Duration.ofHours(1).toNanos() / 1_000;
    private static final int STORED_EVERY = 6;
    private static final BigDecimal STORED_PRICE = new BigDecimal("0.0008");
    private static final BigDecimal SEAT_PRICE = new BigDecimal("0.08");
    private static final BigDecimal SEARCH_PRICE = new BigDecimal("0.01");
    private static final Skew.Draw SHARES = Skew.ZIPF.over(Company.ALL.size());

    private final String tenant;
    private final long seed;
    private final Instant hour;

    SampleHour(String tenant, long seed, Instant hour) {
        this.tenant = tenant;
        this.seed = seed;
        this.hour = hour.truncatedTo(ChronoUnit.HOURS);
    }

    /** All of them, in the order in which they happened. */
    List<MadeEvent> events() {
        var events = new ArrayList<MadeEvent>();
        for (int company = 0; company < Company.ALL.size(); company++) {
            calls(company, events);
            meters(company, events);
        }
        events.sort(Comparator.comparing(SampleHour::occurredAt));
        return events;
    }

    static Instant occurredAt(MadeEvent event) {
        return (Instant) event.fields().getOrDefault("occurred_at", Instant.EPOCH);
    }

    /** How many calls an hour of this company has, on average: rhythm, the share it has, and its ups and downs. */
    private double expected(int company) {
        long day = Math.floorDiv(hour.getEpochSecond(), 86_400L);
        double mood =
                0.7 + 0.6 * Dice.of(seed, WEEK, company, Math.floorDiv(day, 7L)).unit();
        return BUSIEST
                * SHARES.share(company)
                * mood
                * Rhythm.at(hour, Company.ALL.get(company).zone());
    }

    private void calls(int company, List<MadeEvent> events) {
        Dice dice = Dice.of(seed, CALLS, company, hour.getEpochSecond());
        double expected = expected(company) * (0.75 + 0.5 * dice.unit());
        long count = (long) expected + (dice.chance(expected - (long) expected) ? 1 : 0);
        Company of = Company.ALL.get(company);
        IntStream.range(0, (int) count)
                .forEach(i -> events.add(Call.of(tenant, of, id("call", i), within(dice, HOUR_MICROS), dice)));
    }

    private void meters(int company, List<MadeEvent> events) {
        Dice dice = Dice.of(seed, METERS, company, hour.getEpochSecond());
        Company of = Company.ALL.get(company);
        LocalDate day = hour.atOffset(ZoneOffset.UTC).toLocalDate();
        int hourOfDay = hour.atOffset(ZoneOffset.UTC).getHour();
        long grown = day.toEpochDay() % 400;
        if (hourOfDay % STORED_EVERY == 0) {
            BigDecimal stored = BigDecimal.valueOf(40_000L / (company + 1) + grown * 7 + dice.below(500), 2);
            events.add(meter(of, "storage_gb", stored, STORED_PRICE, dice));
        }
        if (hourOfDay == 0 && Rhythm.at(hour.plus(12, ChronoUnit.HOURS), ZoneOffset.UTC) > 0.5) {
            BigDecimal seats = BigDecimal.valueOf(3 + 120L / (company + 1) + grown / 90);
            events.add(meter(of, "seats", seats, SEAT_PRICE, dice));
        }
        if (dice.chance(Math.min(1, expected(company) / 20))) {
            BigDecimal searches = BigDecimal.valueOf(dice.around(expected(company) / 10, 1.8));
            events.add(meter(of, "web_searches", searches, SEARCH_PRICE, dice));
        }
    }

    private MadeEvent meter(Company of, String meter, BigDecimal quantity, BigDecimal price, Dice dice) {
        Instant at = within(dice, HOUR_MICROS / 12);
        return Call.ofMeter(tenant, of, id(meter, 0), at, meter, quantity, price);
    }

    private Instant within(Dice dice, long micros) {
        return hour.plus(dice.below(micros), ChronoUnit.MICROS);
    }

    private String id(String of, int number) {
        return "sample-" + seed + "-" + hour.getEpochSecond() / 3_600 + "-" + of + "-" + number;
    }
}
