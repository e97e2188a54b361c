package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tidemark.streams.event.Amounts;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PageTest {
    /** The first minute of 2026-10. */
    private static final long FIRST = 20_727 * 1_440L;

    private static final Arrival ARRIVAL = new Arrival(1_792_497_600, false, false);

    /** The minutes that are in a page are those of slots of one minute; of others, whole slots. */
    @Test
    void sumsAnyMinutesAsANaiveSumDoes() {
        for (long seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            Granularity granularity = List.of(Granularity.values()).get(random.nextInt(3));
            int size = 1 + random.nextInt(7);
            long start = granularity.start(granularity.period(29_700_000 + random.nextInt(1_000_000)));
            int minutes = (int) (granularity.start(granularity.period(start) + 1) - start);
            var naive = new TreeMap<Integer, Amounts>();
            byte[] stored = new Page(granularity, size).encode();
            for (int i = random.nextInt(40); i > 0; i--) {
                int minute = random.nextInt(random.nextBoolean() ? minutes : Math.min(minutes, 100));
                Amounts reading = reading(random, size);
                Page page = new Page(granularity, size, stored);
                boolean more = isOfAnother(naive, minute, granularity);
                Below below = page.add(start + minute, reading, ARRIVAL);
                assertThat(below == Below.NOTHING || granularity == Granularity.HOUR)
                        .as("seed %d", seed)
                        .isEqualTo(!more || granularity == Granularity.HOUR);
                stored = page.encode();
                naive.computeIfAbsent(minute, any -> new Amounts(size)).add(reading);
            }
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(minutes);
                check(stored, granularity, from, from + 1 + random.nextInt(minutes - from), naive, size);
            }
        }
    }

    private static NavigableMap<Integer, Amounts> slotOf(
            NavigableMap<Integer, Amounts> naive, int minute, Granularity granularity) {
        int length = granularity.slotMinutes();
        return naive.subMap(minute / length * length, true, minute / length * length + length, false);
    }

    private static boolean isOfAnother(NavigableMap<Integer, Amounts> naive, int minute, Granularity granularity) {
        return slotOf(naive, minute, granularity).keySet().stream().anyMatch(other -> other != minute);
    }

    private static Amounts reading(Random random, int size) {
        var reading = new Amounts(size);
        reading.add(0, random.nextInt(4));
        for (int i = 1; i < size; i++) {
            BigInteger value = new BigInteger(random.nextInt(3) == 0 ? 126 : 30, random);
            reading.add(i, random.nextInt(4) == 0 ? value.negate() : value);
        }
        return reading;
    }

    private static void check(
            byte[] stored, Granularity granularity, int from, int to, NavigableMap<Integer, Amounts> all, int size) {
        var naive = new Amounts(size);
        boolean anyWanted = false;
        int length = granularity.slotMinutes();
        for (Map.Entry<Integer, Amounts> one : all.entrySet()) {
            int slot = one.getKey() / length * length;
            boolean whole = slot >= from && slot + length <= to;
            boolean only = slotOf(all, one.getKey(), granularity).size() == 1;
            if (whole || (only && one.getKey() >= from && one.getKey() < to)) {
                naive.add(one.getValue());
                anyWanted = true;
            }
            assertThat(Page.hasFiner(stored, granularity, slot / length))
                    .isEqualTo(!only || granularity == Granularity.HOUR);
            assertThat(Page.withFiner(stored, granularity).get(slot / length))
                    .isEqualTo(!only || granularity == Granularity.HOUR);
        }
        var sums = new Amounts(size);
        assertThat(Page.sum(stored, granularity, from, to, sums)).isEqualTo(anyWanted);
        assertThat(sums).isEqualTo(naive);
    }

    @Test
    void tellsTheFinerPageWhatFellIntoTheOnlyMinuteUntilThen() {
        var month = new Page(Granularity.MONTH, 2);
        long noon = 20_600 * 1_440L + 720;
        month.add(noon - 3 * 1_440, amounts(1, 0), new Arrival(80, false, false));
        assertThat(month.add(noon, amounts(1, 5), new Arrival(100, true, false)))
                .isSameAs(Below.NOTHING);
        assertThat(month.add(noon, amounts(1, -7), new Arrival(90, true, true))).isSameAs(Below.NOTHING);
        month = new Page(Granularity.MONTH, 2, month.encode());
        Below below = month.add(noon + 3, amounts(1, 11), new Arrival(110, false, false));
        assertThat(below.first())
                .isEqualTo(new Below.OneMinute(noon, amounts(2, -2), new Arrivals(100, 2, Arrivals.UNKNOWN)));
        assertThat(month.add(noon, amounts(1, 1), ARRIVAL)).isSameAs(Below.MAY_BE);

        var day = new Page(Granularity.DAY, 2);
        day.take(new Below.OneMinute(noon, amounts(2, -2), new Arrivals(100, 2, Arrivals.UNKNOWN)));
        assertThat(day.onlyMinute(48)).hasValue(0);
        assertThat(sum(day.encode(), Granularity.DAY, 2)).isEqualTo(amounts(2, -2));
        assertThat(day.add(noon + 3, amounts(1, 11), new Arrival(110, false, false))
                        .first())
                .isEqualTo(new Below.OneMinute(noon, amounts(2, -2), new Arrivals(100, 2, Arrivals.UNKNOWN)));
        assertThat(Page.arrivals(day.encode(), Granularity.DAY)).isEqualTo(new Arrivals(110, 2, Arrivals.UNKNOWN));
        assertThat(day.encode()[0]).as("all of it has finer pages").isEqualTo((byte) 1);

        Page begun = day;
        assertThatIllegalStateException()
                .isThrownBy(() -> begun.take(new Below.OneMinute(noon, amounts(1, 1), new Arrivals(1, 0, 0))));
    }

    @Test
    void tellsExactlyHowManyWereLateWhereItHasNothingElse() {
        var month = new Page(Granularity.MONTH, 1);
        month.add(FIRST, amounts(1), new Arrival(100, true, false));
        month.add(FIRST, amounts(1), new Arrival(101, false, true));
        Below below = month.add(FIRST + 1, amounts(1), ARRIVAL);
        assertThat(below.first()).isEqualTo(new Below.OneMinute(FIRST, amounts(2), new Arrivals(101, 1, 1)));
    }

    @Test
    void takesASlotOfAnOlderLayoutForOneThatFinerPagesHave() {
        byte[] older = HexFormat.of().parseHex("010201000040" + "02018001" + "00" + "006ad757c0");
        assertThat(Page.hasFiner(older, Granularity.MONTH, 0)).isTrue();
        var page = new Page(Granularity.MONTH, 2, older);
        assertThat(page.add(FIRST, amounts(1, 1), ARRIVAL)).isSameAs(Below.MAY_BE);
        assertThat(page.add(FIRST + 2 * 1_440 + 61, amounts(1, 1), ARRIVAL)).isSameAs(Below.NOTHING);
        assertThat(page.onlyMinute(0)).isEmpty();
        assertThat(page.onlyMinute(2)).hasValue(61);
        assertThat(page.onlyMinute(30)).isEmpty();
        byte[] stored = page.encode();
        assertThat(Page.withFiner(stored, Granularity.MONTH).stream().toArray()).containsExactly(0, 30);
    }

    @Test
    void neverChangesItsLayoutOfSlotsOfOneMinute() {
        var month = new Page(Granularity.MONTH, 1);
        month.add(FIRST + 1_439, amounts(1), new Arrival(1_792_497_600, true, false));
        month.add(FIRST + 1_440, amounts(1), new Arrival(1_792_497_600, true, false));
        month.add(FIRST + 1_441, amounts(1), new Arrival(1_792_497_600, true, false));
        assertThat(HexFormat.of().formatHex(month.encode()))
                .isEqualTo("020103000000" + "59f4" + "ffff" + "02" + "04" + "02" + "6ad757c0" + "06" + "00");
        var day = new Page(Granularity.DAY, 1);
        day.add(FIRST + 14, amounts(1), new Arrival(1_792_497_600, false, true));
        day.add(FIRST + 15, amounts(1), new Arrival(1_792_497_600, false, true));
        day.add(FIRST + 16, amounts(1), new Arrival(1_792_497_600, false, true));
        assertThat(HexFormat.of().formatHex(day.encode()))
                .isEqualTo("0201" + "030000000000000000000000" + "e1" + "ff" + "02" + "04" + "02" + "6ad757c0" + "00"
                        + "06");
    }

    @Test
    void keepsASlotThatSumsToZero() {
        var page = new Page(Granularity.HOUR, 1);
        page.add(FIRST + 59, amounts(5), ARRIVAL);
        page.add(FIRST + 59, amounts(-5), ARRIVAL);

        var sums = new Amounts(1);
        assertThat(Page.sum(page.encode(), Granularity.HOUR, 59, 60, sums)).isTrue();
        assertThat(Page.sum(page.encode(), Granularity.HOUR, 0, 59, sums)).isFalse();
        assertThat(new Page(Granularity.HOUR, 1, page.encode()).encode()).isEqualTo(page.encode());
    }

    @Test
    void readsZerosWhereAnOlderPageHadFewerAmounts() {
        var older = new Page(Granularity.DAY, 2);
        older.add(FIRST, amounts(1, 2), ARRIVAL);
        older.add(FIRST + 1_439, amounts(10, 20), ARRIVAL);

        Page page = new Page(Granularity.DAY, 3, older.encode());
        page.add(FIRST + 1_439, amounts(100, 200, 300), ARRIVAL);
        page.add(FIRST + 750, amounts(7, 7, 7), ARRIVAL);

        assertThat(sum(older.encode(), Granularity.DAY, 3)).isEqualTo(amounts(11, 22, 0));
        assertThat(sum(page.encode(), Granularity.DAY, 3)).isEqualTo(amounts(118, 229, 307));
    }

    @Test
    void neverChangesItsLayout() {
        var page = new Page(Granularity.HOUR, 2);
        page.add(FIRST, amounts(1, -1), new Arrival(1_792_497_600, true, true));
        page.add(FIRST + 30, amounts(64, 0), new Arrival(1_792_497_500, true, false));
        assertThat(HexFormat.of().formatHex(page.encode()))
                .isEqualTo("0102" + "0100004000000000" + "02018001" + "00" + "02" + "6ad757c0" + "04" + "02");
        assertThat(Page.arrivals(page.encode(), Granularity.HOUR)).isEqualTo(new Arrivals(1_792_497_600, 2, 1));
        assertThat(sum(page.encode(), Granularity.HOUR, 2)).isEqualTo(amounts(65, -1));

        Page again = new Page(Granularity.HOUR, 2, page.encode());
        again.add(FIRST + 30, amounts(1, 1), new Arrival(1_792_497_601, false, true));
        assertThat(Page.arrivals(again.encode(), Granularity.HOUR)).isEqualTo(new Arrivals(1_792_497_601, 2, 2));
    }

    @Test
    void saysInFiveBytesThatNoneWasLateOrTookBack() {
        var page = new Page(Granularity.HOUR, 1);
        page.add(FIRST + 7, amounts(1), new Arrival(1_792_497_600, false, false));
        assertThat(page.encode()).hasSize(2 + 8 + 1 + 5);
        assertThat(Page.arrivals(page.encode(), Granularity.HOUR)).isEqualTo(new Arrivals(1_792_497_600, 0, 0));
    }

    @Test
    void neverGuessesHowManyWereLateWhereAnOlderBuildWroteSomeOfIt() {
        byte[] older = HexFormat.of().parseHex("0101" + "8000000000000000" + "02");
        assertThat(Page.arrivals(older, Granularity.HOUR))
                .isEqualTo(new Arrivals(0, Arrivals.UNKNOWN, Arrivals.UNKNOWN));

        Page page = new Page(Granularity.HOUR, 1, older);
        page.add(FIRST + 8, amounts(1), new Arrival(1_792_497_600, true, true));
        assertThat(Page.arrivals(page.encode(), Granularity.HOUR))
                .isEqualTo(new Arrivals(1_792_497_600, Arrivals.UNKNOWN, Arrivals.UNKNOWN));
    }

    @Test
    void countsTheEventsOfAllItsSlots() {
        var page = new Page(Granularity.MONTH, 3);
        page.add(FIRST + 3 * 1_440, amounts(70, 1, 2), ARRIVAL);
        page.add(FIRST + 30 * 1_440, amounts(2, Long.MAX_VALUE, 9), ARRIVAL);
        page.add(FIRST + 30 * 1_440, amounts(1, Long.MAX_VALUE, 9), ARRIVAL);
        assertThat(Page.count(page.encode(), Granularity.MONTH)).isEqualTo(73);
    }

    private static Amounts sum(byte[] stored, Granularity granularity, int size) {
        var sums = new Amounts(size);
        Page.sum(stored, granularity, sums);
        return sums;
    }

    private static Amounts amounts(long... values) {
        var amounts = new Amounts(values.length);
        for (int i = 0; i < values.length; i++) {
            amounts.add(i, values[i]);
        }
        return amounts;
    }
}
