package io.tidemark.dev.sample;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** How busy a company is at an hour, by the clock on its wall: 1 is the middle of a working day. */
final class Rhythm {
    private static final double[] HOURS = {
        0.08, 0.05, 0.04, 0.04, 0.05, 0.09, 0.20, 0.42, 0.75, 0.98, 1.05, 1.00, 0.82, 0.90, 1.04, 1.06, 0.98, 0.80,
        0.55, 0.42, 0.36, 0.30, 0.22, 0.14
    };
    private static final double SATURDAY = 0.35;
    private static final double SUNDAY = 0.28;

    private Rhythm() {}

    static double at(Instant hour, ZoneId zone) {
        ZonedDateTime local = hour.atZone(zone);
        DayOfWeek day = local.getDayOfWeek();
        double week = day == DayOfWeek.SATURDAY ? SATURDAY : day == DayOfWeek.SUNDAY ? SUNDAY : 1;
        return HOURS[local.getHour()] * week;
    }
}
