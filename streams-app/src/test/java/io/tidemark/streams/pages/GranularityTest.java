package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class GranularityTest {

    /** How many minutes a slot lasts. */
    static int minutesOfSlot(Granularity granularity) {
        return switch (granularity) {
            case MONTH -> 1_440;
            case DAY -> 15;
            case HOUR -> 1;
        };
    }

    @Test
    void agreesWithJavaTime() {
        var random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            long minute = random.nextInt(80_000_000) - 10_000_000L;
            LocalDateTime at = LocalDateTime.ofEpochSecond(minute * 60, 0, ZoneOffset.UTC);
            LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
            LocalDateTime month = at.toLocalDate().withDayOfMonth(1).atStartOfDay();
            check(Granularity.MONTH, minute, ChronoUnit.MONTHS.between(epoch, month), at.getDayOfMonth() - 1, month);
            LocalDateTime day = at.toLocalDate().atStartOfDay();
            int quarter = at.getHour() * 4 + at.getMinute() / 15;
            check(Granularity.DAY, minute, at.toLocalDate().toEpochDay(), quarter, day);
            LocalDateTime hour = at.truncatedTo(ChronoUnit.HOURS);
            check(Granularity.HOUR, minute, ChronoUnit.HOURS.between(epoch, hour), at.getMinute(), hour);
        }
    }

    private static void check(Granularity granularity, long minute, long period, int slot, LocalDateTime start) {
        assertThat(granularity.period(minute)).as("%s %d", granularity, minute).isEqualTo((int) period);
        assertThat(granularity.slot(minute)).as("%s %d", granularity, minute).isEqualTo(slot);
        assertThat(granularity.start((int) period)).isEqualTo(start.toEpochSecond(ZoneOffset.UTC) / 60);
    }

    @Test
    void hasASlotForEachMinuteOfItsPeriod() {
        for (Granularity granularity : Granularity.values()) {
            assertThat(granularity.slots()).isLessThanOrEqualTo(96).isGreaterThanOrEqualTo(31);
        }
    }

    @Test
    void beginsEveryCalendarDayOfEveryZoneOnAQuarterHour() {
        Instant noon = Instant.parse("2026-06-01T12:00:00Z");
        for (String id : ZoneId.getAvailableZoneIds()) {
            ZoneId zone = ZoneId.of(id);
            for (int day = 0; day < 365; day += 7) {
                long second = noon.atZone(zone)
                        .toLocalDate()
                        .plusDays(day)
                        .atStartOfDay(zone)
                        .toEpochSecond();
                assertThat(second % 900).as(id).isZero();
            }
        }
    }
}
