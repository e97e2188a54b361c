package io.tidemark.query.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class WindowTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId KATHMANDU = ZoneId.of("Asia/Kathmandu");
    private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
    private static final ZoneId APIA = ZoneId.of("Pacific/Apia");

    private static List<String> bounds(Window window, ZoneId zone, String from, String to) {
        return window.bounds(new Period(Instant.parse(from), Instant.parse(to)), zone).orElseThrow().stream()
                .map(Instant::toString)
                .toList();
    }

    @Test
    void aDayIsAsLongAsTheZoneMakesIt() {
        assertThat(bounds(Window.DAY, BERLIN, "2026-10-23T22:00:00Z", "2026-10-26T23:00:00Z"))
                .as("24, 25 and 24 hours")
                .containsExactly(
                        "2026-10-23T22:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "2026-10-26T23:00:00Z");
        assertThat(bounds(Window.DAY, KATHMANDU, "2026-10-01T18:15:00Z", "2026-10-03T18:15:00Z"))
                .containsExactly("2026-10-01T18:15:00Z", "2026-10-02T18:15:00Z", "2026-10-03T18:15:00Z");
        assertThat(bounds(Window.DAY, APIA, "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"))
                .as("there was no 30 December")
                .containsExactly("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z");
    }

    @Test
    void theFirstAndTheLastAreCutToThePeriod() {
        assertThat(bounds(Window.MONTH, BERLIN, "2026-10-10T09:07:00Z", "2026-12-01T00:00:00Z"))
                .containsExactly(
                        "2026-10-10T09:07:00Z", "2026-10-31T23:00:00Z", "2026-11-30T23:00:00Z", "2026-12-01T00:00:00Z");
        assertThat(bounds(Window.WEEK, ZoneId.of("UTC"), "2026-11-29T00:00:00Z", "2026-11-30T12:00:00Z"))
                .as("a week begins on Monday")
                .containsExactly("2026-11-29T00:00:00Z", "2026-11-30T00:00:00Z", "2026-11-30T12:00:00Z");
        assertThat(bounds(Window.HOUR, KATHMANDU, "2026-10-10T09:07:00Z", "2026-10-10T10:20:00Z"))
                .containsExactly(
                        "2026-10-10T09:07:00Z", "2026-10-10T09:15:00Z", "2026-10-10T10:15:00Z", "2026-10-10T10:20:00Z");
    }

    @Test
    void anHourThatTheClockShowsTwiceIsTwo() {
        assertThat(bounds(Window.HOUR, BERLIN, "2026-10-24T23:00:00Z", "2026-10-25T03:00:00Z"))
                .containsExactly(
                        "2026-10-24T23:00:00Z",
                        "2026-10-25T00:00:00Z",
                        "2026-10-25T01:00:00Z",
                        "2026-10-25T02:00:00Z",
                        "2026-10-25T03:00:00Z");
        assertThat(bounds(Window.HOUR, LORD_HOWE, "2026-04-04T14:00:00Z", "2026-04-04T16:30:00Z"))
                .as("clocks go back by half an hour at 15:00Z")
                .containsExactly(
                        "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z", "2026-04-04T16:30:00Z");
    }

    @Test
    void refusesMoreThanAnAnswerMayHave() {
        var hours = new Period(
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T00:00:00Z").plus(3_000, ChronoUnit.HOURS));
        assertThat(Window.HOUR.bounds(hours, BERLIN).orElseThrow()).hasSize(3_001);
        var longer = new Period(hours.from(), hours.to().plus(1, ChronoUnit.MINUTES));
        assertThat(Window.HOUR.bounds(longer, BERLIN)).isEmpty();
    }

    /** Against each minute's own calendar: two minutes are in one window exactly when the calendar says so. */
    @Test
    void agreesWithTheCalendarOfEveryZone() {
        var random = new Random(20261129);
        var zones = new ArrayList<>(ZoneId.getAvailableZoneIds());
        zones.sort(String::compareTo);
        for (int i = 0; i < 400; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            Instant from =
                    Instant.parse("2020-01-01T00:00:00Z").plus(random.nextInt(8 * 366 * 1_440), ChronoUnit.MINUTES);
            var period = new Period(from, from.plus(Duration.ofMinutes(1 + random.nextInt(5 * 1_440))));
            List<Instant> days = Window.DAY.bounds(period, zone).orElseThrow();
            assertThat(days).isSorted().doesNotHaveDuplicates();
            for (int d = 1; d < days.size() - 1; d++) {
                Instant bound = days.get(d);
                LocalDate before = LocalDate.ofInstant(bound.minusSeconds(60), zone);
                assertThat(LocalDate.ofInstant(bound, zone))
                        .as("%s at %s", zone, bound)
                        .isAfter(before);
                assertThat(LocalDate.ofInstant(days.get(d - 1), zone)).isEqualTo(before);
            }
            List<Instant> quarters = Window.QUARTER_HOUR.bounds(period, zone).orElseThrow();
            for (int q = 1; q < quarters.size() - 1; q++) {
                assertThat(quarters.get(q).getEpochSecond() % 900)
                        .as("%s", zone)
                        .isZero();
            }
        }
    }
}
