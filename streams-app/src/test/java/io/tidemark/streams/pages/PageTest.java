package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Amounts;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PageTest {

    @Test
    void sumsAnyRangeOfSlotsAsANaiveSumDoes() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            Granularity granularity = List.of(Granularity.values()).get(random.nextInt(3));
            int size = 1 + random.nextInt(7);
            var naive = new TreeMap<Integer, Amounts>();
            byte[] stored = new Page(granularity, size).encode();
            for (int i = random.nextInt(40); i > 0; i--) {
                int slot = random.nextInt(granularity.slots());
                Amounts reading = reading(random, size);
                Page page = new Page(granularity, size, stored);
                page.add(slot, reading);
                stored = page.encode();
                naive.computeIfAbsent(slot, any -> new Amounts(size)).add(reading);
            }
            for (int i = 0; i < 20; i++) {
                int from = random.nextInt(granularity.slots());
                int to = from + random.nextInt(granularity.slots() - from + 1);
                check(stored, granularity, from, to, naive.subMap(from, to), size);
            }
        }
    }

    private static Amounts reading(Random random, int size) {
        var reading = new Amounts(size);
        for (int i = 0; i < size; i++) {
            BigInteger value = new BigInteger(random.nextInt(3) == 0 ? 126 : 30, random);
            reading.add(i, random.nextInt(4) == 0 ? value.negate() : value);
        }
        return reading;
    }

    private static void check(
            byte[] stored, Granularity granularity, int from, int to, Map<Integer, Amounts> wanted, int size) {
        var sums = new Amounts(size);
        boolean any = Page.sum(stored, granularity, from, to, sums);
        var naive = new Amounts(size);
        wanted.values().forEach(naive::add);
        assertThat(any).isEqualTo(!wanted.isEmpty());
        assertThat(sums).isEqualTo(naive);
    }

    @Test
    void keepsASlotThatSumsToZero() {
        var page = new Page(Granularity.HOUR, 1);
        page.add(59, amounts(5));
        page.add(59, amounts(-5));

        var sums = new Amounts(1);
        assertThat(Page.sum(page.encode(), Granularity.HOUR, 59, 60, sums)).isTrue();
        assertThat(Page.sum(page.encode(), Granularity.HOUR, 0, 59, sums)).isFalse();
        assertThat(new Page(Granularity.HOUR, 1, page.encode()).encode()).isEqualTo(page.encode());
    }

    @Test
    void readsZerosWhereAnOlderPageHadFewerAmounts() {
        var older = new Page(Granularity.DAY, 2);
        older.add(0, amounts(1, 2));
        older.add(95, amounts(10, 20));

        Page page = new Page(Granularity.DAY, 3, older.encode());
        page.add(95, amounts(100, 200, 300));
        page.add(50, amounts(7, 7, 7));

        assertThat(sum(older.encode(), Granularity.DAY, 3)).isEqualTo(amounts(11, 22, 0));
        assertThat(sum(page.encode(), Granularity.DAY, 3)).isEqualTo(amounts(118, 229, 307));
    }

    @Test
    void neverChangesItsLayout() {
        var page = new Page(Granularity.MONTH, 2);
        page.add(0, amounts(1, -1));
        page.add(30, amounts(64, 0));
        assertThat(java.util.HexFormat.of().formatHex(page.encode())).isEqualTo("01020100004002018001" + "00");
    }

    @Test
    void saysBehindItsSlotsWhenTheNewestEventCameAndHowManyWereLateOrTookBack() {
        var page = new Page(Granularity.MONTH, 2);
        page.add(0, amounts(1, -1));
        page.came(new Arrival(1_792_497_600, true, true));
        page.add(30, amounts(64, 0));
        page.came(new Arrival(1_792_497_500, true, false));
        assertThat(java.util.HexFormat.of().formatHex(page.encode()))
                .as("which never changes")
                .isEqualTo("01020100004002018001" + "00" + "02" + "6ad757c0" + "04" + "02");
        assertThat(Page.arrivals(page.encode(), Granularity.MONTH)).isEqualTo(new Arrivals(1_792_497_600, 2, 1));
        assertThat(sum(page.encode(), Granularity.MONTH, 2)).isEqualTo(amounts(65, -1));

        Page again = new Page(Granularity.MONTH, 2, page.encode());
        again.add(30, amounts(1, 1));
        again.came(new Arrival(1_792_497_601, false, true));
        assertThat(Page.arrivals(again.encode(), Granularity.MONTH)).isEqualTo(new Arrivals(1_792_497_601, 2, 2));
    }

    @Test
    void saysItInFiveBytesWhereNoneWas() {
        var page = new Page(Granularity.HOUR, 1);
        page.add(7, amounts(1));
        int before = page.encode().length;
        page.came(new Arrival(1_792_497_600, false, false));
        assertThat(page.encode()).hasSize(before + 5);
        assertThat(Page.arrivals(page.encode(), Granularity.HOUR)).isEqualTo(new Arrivals(1_792_497_600, 0, 0));
    }

    @Test
    void neverGuessesHowManyWereLateWhereAnOlderBuildWroteSomeOfIt() {
        var older = new Page(Granularity.HOUR, 1);
        older.add(7, amounts(1));
        assertThat(Page.arrivals(older.encode(), Granularity.HOUR))
                .isEqualTo(new Arrivals(0, Arrivals.UNKNOWN, Arrivals.UNKNOWN));

        Page page = new Page(Granularity.HOUR, 1, older.encode());
        page.add(8, amounts(1));
        page.came(new Arrival(1_792_497_600, true, true));
        assertThat(Page.arrivals(page.encode(), Granularity.HOUR))
                .isEqualTo(new Arrivals(1_792_497_600, Arrivals.UNKNOWN, Arrivals.UNKNOWN));
    }

    @Test
    void countsTheEventsOfAllItsSlots() {
        var page = new Page(Granularity.MONTH, 3);
        page.add(3, amounts(70, 1, 2));
        page.add(30, amounts(2, Long.MAX_VALUE, 9));
        page.add(30, amounts(1, Long.MAX_VALUE, 9));
        assertThat(Page.count(page.encode(), Granularity.MONTH)).isEqualTo(73);
    }

    private static Amounts sum(byte[] stored, Granularity granularity, int size) {
        var sums = new Amounts(size);
        Page.sum(stored, granularity, 0, granularity.slots(), sums);
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
