package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
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
            var windowOfMinute = new TreeMap<Long, Integer>();
            WindowPlan.of(bounds).pages().forEach((leaf, windows) -> {
                long minutes = switch (leaf.granularity()) {
                    case HOUR -> 1;
                    case DAY -> Granularity.MINUTES_OF_QUARTER;
                    case MONTH -> Granularity.MINUTES_OF_DAY;
                };
                for (int slot = 0; slot < windows.length; slot++) {
                    for (long m = 0; m < minutes && windows[slot] != WindowPlan.NONE; m++) {
                        long minute = leaf.granularity().start(leaf.period()) + slot * minutes + m;
                        assertThat(windowOfMinute.put(minute, windows[slot])).isNull();
                    }
                }
            });
            assertThat(windowOfMinute).hasSize((int) (bounds[bounds.length - 1] - bounds[0]));
            windowOfMinute.forEach((minute, window) ->
                    assertThat(minute).as(Arrays.toString(bounds)).isBetween(bounds[window], bounds[window + 1] - 1));
        }
    }

    @Test
    void readsAPageOnceForAllItsWindows() {
        long midnight = Math.floorDiv(NOON, Granularity.MINUTES_OF_DAY) * Granularity.MINUTES_OF_DAY;
        long[] hours = new long[25];
        Arrays.setAll(hours, hour -> midnight + hour * Granularity.MINUTES_OF_HOUR);
        assertThat(WindowPlan.of(hours).pages()).hasSize(1);
    }
}
