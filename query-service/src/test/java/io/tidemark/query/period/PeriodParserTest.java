package io.tidemark.query.period;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.request.Fault;
import io.tidemark.query.request.Faults;
import io.tidemark.query.request.Parameters;
import io.tidemark.streams.reading.Period;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PeriodParserTest {
    private static final Instant NOW = Instant.parse("2026-10-20T12:34:56.789Z");
    private static final Instant END_OF_THIS_MINUTE = Instant.parse("2026-10-20T12:35:00Z");

    @Test
    void takesANetTimeSpan() {
        assertThat(lengthOf("30.00:00:00")).isEqualTo(Duration.ofDays(30));
        assertThat(lengthOf("01:30:00")).isEqualTo(Duration.ofMinutes(90));
        assertThat(lengthOf("1.23:59:00.0000000")).isEqualTo(Duration.ofMinutes(2 * 24 * 60 - 1));
    }

    @Test
    void takesAnIsoDuration() {
        assertThat(lengthOf("P30D")).isEqualTo(Duration.ofDays(30));
        assertThat(lengthOf("PT12H")).isEqualTo(Duration.ofHours(12));
        assertThat(lengthOf("P1W")).isEqualTo(Duration.ofDays(7));
        assertThat(lengthOf("P1DT12H")).isEqualTo(Duration.ofHours(36));
    }

    @Test
    void takesAShortDuration() {
        assertThat(lengthOf("30d")).isEqualTo(Duration.ofDays(30));
        assertThat(lengthOf("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(lengthOf("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(lengthOf("2w")).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void endsAtTheEndOfTheRunningMinute() {
        assertThat(parse("period=30d", NOW).to()).isEqualTo(END_OF_THIS_MINUTE);
        Instant onTheMinute = Instant.parse("2026-10-20T12:34:00Z");
        assertThat(parse("period=30d", onTheMinute).to()).isEqualTo(END_OF_THIS_MINUTE);
    }

    @Test
    void widensALengthThatIsNoFullMinute() {
        assertThat(lengthOf("PT90S")).isEqualTo(Duration.ofMinutes(2));
        assertThat(lengthOf("00:00:00.0000001")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void isThirtyDaysWhenNothingIsSaid() {
        assertThat(parse("", NOW)).isEqualTo(parse("period=30d", NOW));
    }

    @Test
    void takesFromAndToAndFloorsThem() {
        assertThat(parse("from=2026-10-01T00:00:30Z&to=2026-10-02T01:00:59.9%2B05:45", NOW))
                .isEqualTo(period("2026-10-01T00:00:00Z", "2026-10-01T19:15:00Z"));
        assertThat(parse("from=2026-10-01T00:00:00Z", NOW).to()).isEqualTo(END_OF_THIS_MINUTE);
        assertThat(parse("from=2026-10-01T00:00:00Z&to=2030-01-01T00:00:00Z", NOW)
                        .to())
                .isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    }

    @Test
    void forgivesAPlusThatWasNotEncoded() {
        assertThat(parse("from=2026-10-01T05:45:00+05:45", NOW).from())
                .isEqualTo(Instant.parse("2026-10-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "today, UTC, 2026-10-20T00:00:00Z, 2026-10-21T00:00:00Z",
        "yesterday, Asia/Kathmandu, 2026-10-18T18:15:00Z, 2026-10-19T18:15:00Z",
        "this_month, Asia/Kathmandu, 2026-09-30T18:15:00Z, 2026-10-31T18:15:00Z",
        "last_month, UTC, 2026-09-01T00:00:00Z, 2026-10-01T00:00:00Z",
        "2026-11, America/New_York, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
        "2026-03, America/New_York, 2026-03-01T05:00:00Z, 2026-04-01T04:00:00Z",
        "2026-03-08, America/New_York, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "2026-11-01, America/New_York, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "2024-02, UTC, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "2011-12-30, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z"
    })
    void takesNamesInATimeZone(String name, String zone, Instant from, Instant to) {
        if (from.equals(to)) {
            assertThat(faults("period=" + name + "&timezone=" + zone)).hasSize(1); // a day that Samoa skipped
        } else {
            assertThat(parse("period=" + name + "&timezone=" + zone, NOW)).isEqualTo(new Period(from, to));
        }
    }

    @Test
    void knowsWhichDayItIsInTheZone() {
        Instant lateInUtc = Instant.parse("2026-10-31T23:00:00Z");
        assertThat(parse("period=this_month&timezone=Asia/Kathmandu", lateInUtc).from())
                .isEqualTo(Instant.parse("2026-10-31T18:15:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithJavaTimeOnAnyMonthAndDayAnywhere(long seed) {
        var random = new Random(seed);
        var zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
        for (int i = 0; i < 400; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            LocalDate day = LocalDate.of(1975, 1, 1).plusDays(random.nextInt(40_000));
            YearMonth month = YearMonth.from(day);
            String where = "seed " + seed + ", " + zone + ", " + day;
            assertThat(parse("period=" + month + "&timezone=" + encode(zone.getId()), NOW))
                    .as(where)
                    .isEqualTo(between(month.atDay(1), month.atEndOfMonth().plusDays(1), zone));
            Instant noon = day.atTime(12, 0).atZone(zone).toInstant();
            assertThat(parse("period=this_month&timezone=" + encode(zone.getId()), noon))
                    .as(where)
                    .isEqualTo(between(month.atDay(1), month.plusMonths(1).atDay(1), zone));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void agreesWithJavaTimeOnAnyTimeSpan(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            var length = Duration.ofMinutes(1 + random.nextInt(50_000_000));
            String net = "%d.%02d:%02d:00".formatted(length.toDays(), length.toHoursPart(), length.toMinutesPart());
            assertThat(lengthOf(net)).as("seed %d, %s", seed, net).isEqualTo(length);
            assertThat(lengthOf(length.toString()))
                    .as("seed %d, %s", seed, length)
                    .isEqualTo(length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "30",
                "-1d",
                "0d",
                "P0D",
                "00:00:00",
                "P",
                "PT",
                "P1DT",
                "P-1D",
                "-P1D",
                "1.24:00:00",
                "00:60:00",
                "00:00:60",
                "1:00:00",
                "30.00:00",
                "30.00:00:00.",
                "30.00:00:00.12345678",
                "99999999999.00:00:00",
                "P99999999999D",
                "P36526D",
                "99999w",
                "1d2h",
                "30D",
                "15M",
                "2026-13",
                "2026-00",
                "2026-02-30",
                "2026-1",
                "tomorrow",
                "TODAY",
                "P1Y",
                "P1M",
                "P1Y2M",
                "P1M1D",
                "\u0000",
                "%",
                "🙂",
                "P1D\n",
                "٣d"
            })
    void makesAFaultOfAnythingElse(String text) {
        assertThat(faults("period=" + encode(text)))
                .singleElement()
                .satisfies(fault -> assertThat(fault.parameter()).isEqualTo("period"));
    }

    @Test
    void namesTheCalendarFormsWhereYearsOrMonthsAreAsked() {
        for (String text : List.of("P1M", "P1Y", "P2Y3M4DT5H")) {
            assertThat(faults("period=" + text).get(0).message()).contains("this_month", "last_month", "2026-10");
        }
        assertThat(lengthOf("PT1M")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesAHundredYearsAndNoMore() {
        assertThat(lengthOf("P36525D")).isEqualTo(PeriodParser.LONGEST);
        assertThat(faults("from=1900-01-01T00:00:00Z&to=2026-01-01T00:00:00Z")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-10-02T00:00:00Z&to=2026-10-01T00:00:00Z",
                "from=2026-10-01T00:00:10Z&to=2026-10-01T00:00:50Z",
                "from=2026-10-21T00:00:00Z",
                "to=2026-10-01T00:00:00Z",
                "from=2026-10-01T00:00:00",
                "from=2026-10-01",
                "from=2026-02-30T00:00:00Z",
                "from=",
                "from=+999999999-01-01T00:00:00Z",
                "period=1d&from=2026-10-01T00:00:00Z",
                "timezone=Mars/Olympus",
                "timezone=%2B02:00",
                "period=today&timezone="
            })
    void makesAFaultOfWhatMakesNoPeriod(String query) {
        assertThat(faults(query)).hasSize(1);
    }

    @Test
    void findsAllFaultsAtOnce() {
        assertThat(faults("period=nonsense&from=x&to=y&timezone=z"))
                .extracting(Fault::parameter)
                .containsExactlyInAnyOrder("timezone", "period", "period", "from", "to");
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void neverThrows(long seed) {
        var random = new Random(seed);
        String letters = "0123456789PTDHMSWdhmwZ.:-+ _today\u0000é";
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(25); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            String query =
                    "period=" + encode(text.toString()) + "&from=" + encode(text.toString()) + "&timezone=" + text;
            assertThat(faults(query)).as("seed %d, %s", seed, text).isNotEmpty();
        }
    }

    private static Duration lengthOf(String period) {
        Period parsed = parse("period=" + encode(period), NOW);
        return Duration.between(parsed.from(), parsed.to());
    }

    private static Period parse(String query, Instant now) {
        var faults = new Faults();
        var period = parser(now).parse("acme", Parameters.of(query, faults), faults);
        assertThat(faults.all()).as(query).isEmpty();
        return period.orElseThrow();
    }

    private static PeriodParser parser(Instant now) {
        return new PeriodParser(Clock.fixed(now, ZoneOffset.UTC), tenant -> Optional.empty());
    }

    @Test
    void takesDaysInTheZoneOfTheTenantWhereNoOtherIsGiven() {
        var parser = new PeriodParser(
                Clock.fixed(NOW, ZoneOffset.UTC),
                tenant -> tenant.equals("acme") ? Optional.of("Asia/Kathmandu") : Optional.of("Moon/Crater"));
        var faults = new Faults();
        var kathmandu = ZoneId.of("Asia/Kathmandu");
        assertThat(parser.parse("acme", Parameters.of("period=2026-10-05", faults), faults))
                .hasValue(between(LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6), kathmandu));
        for (String query : List.of("period=2026-10-05&timezone=UTC", "period=2026-10-05")) {
            String tenant = query.contains("UTC") ? "acme" : "a zone no longer known is UTC";
            assertThat(parser.parse(tenant, Parameters.of(query, faults), faults))
                    .hasValue(between(LocalDate.of(2026, 10, 5), LocalDate.of(2026, 10, 6), ZoneOffset.UTC));
        }
        assertThat(faults.all()).isEmpty();
    }

    private static List<Fault> faults(String query) {
        var faults = new Faults();
        var period = parser(NOW).parse("acme", Parameters.of(query, faults), faults);
        assertThat(period).as(query).isEmpty();
        return faults.all();
    }

    private static Period between(LocalDate first, LocalDate end, ZoneId zone) {
        return new Period(
                first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
    }

    private static Period period(String from, String to) {
        return new Period(Instant.parse(from), Instant.parse(to));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
