package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class WindowPlanTest {
    private static final long NOON = 29_700_720;

    /** Each minute of the span is in exactly one slot, and that is of the window it lies in. */
    @Test
    void givesEachMinuteToItsWindowOnce() {
        var random = new Random(20261129);
        for (int i = 0; i < 200; i++) {
            long[] bounds = random.longs(2 + random.nextInt(6), NOON, NOON + 4_000)
                    .distinct()
                    .sorted()
                    .toArray();
            if (bounds.length < 2) {
                continue;
            }
            WindowPlan plan = WindowPlan.of(bounds);
            var windowOfMinute = new TreeMap<Long, Integer>();
            for (List<WindowPlan.Leaf> month : plan.months()) {
                for (int number = 0; number < month.size(); number++) {
                    take(month, number, windowOfMinute);
                }
            }
            assertThat(windowOfMinute).hasSize((int) (bounds[bounds.length - 1] - bounds[0]));
            windowOfMinute.forEach((minute, window) -> {
                assertThat(minute).as(Arrays.toString(bounds)).isBetween(bounds[window], bounds[window + 1] - 1);
                assertThat(plan.windowOf(minute)).isEqualTo(window);
            });
            assertThat(plan.windowOf(bounds[0] - 1)).isEqualTo(WindowPlan.NONE);
            assertThat(plan.windowOf(bounds[bounds.length - 1])).isEqualTo(WindowPlan.NONE);
        }
    }

    private static void take(List<WindowPlan.Leaf> month, int number, SortedMap<Long, Integer> windowOfMinute) {
        WindowPlan.Leaf leaf = month.get(number);
        if (leaf.granularity() == Granularity.MONTH) {
            assertThat(leaf.above()).isEqualTo(WindowPlan.NONE);
        } else {
            assertThat(leaf.above()).isLessThan(number);
            WindowPlan.Leaf above = month.get(leaf.above());
            assertThat(above.granularity()).isEqualTo(leaf.granularity().coarser());
            assertThat(above.period()).isEqualTo(above.granularity().period(leaf.start(0)));
        }
        for (int slot = 0; slot < leaf.granularity().slots(); slot++) {
            for (int m = 0; m < leaf.granularity().slotMinutes() && leaf.windowOf(slot) != WindowPlan.NONE; m++) {
                assertThat(windowOfMinute.put(leaf.start(slot) + m, leaf.windowOf(slot)))
                        .isNull();
            }
        }
    }

    /** A zone may have skipped a day. */
    @Test
    void givesAMinuteToTheLastOfTheWindowsThatBeginThere() {
        WindowPlan plan = WindowPlan.of(new long[] {NOON, NOON + 5, NOON + 5, NOON + 5, NOON + 9, NOON + 9});
        assertThat(plan.windowOf(NOON + 4)).isZero();
        assertThat(plan.windowOf(NOON + 5)).isEqualTo(3);
        assertThat(plan.windowOf(NOON + 8)).isEqualTo(3);
        assertThat(plan.windowOf(NOON + 9)).isEqualTo(WindowPlan.NONE);
    }

    @Test
    void readsAPageOnceForAllItsWindows() {
        long midnight = Math.floorDiv(NOON, Granularity.MINUTES_OF_DAY) * Granularity.MINUTES_OF_DAY;
        long[] hours = new long[25];
        Arrays.setAll(hours, hour -> midnight + hour * Granularity.MINUTES_OF_HOUR);
        assertThat(WindowPlan.of(hours).months())
                .singleElement()
                .satisfies(month -> assertThat(month)
                        .extracting(WindowPlan.Leaf::granularity)
                        .containsExactly(Granularity.MONTH, Granularity.DAY));
    }
}
