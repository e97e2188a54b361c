package io.tidemark.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TellingTimeTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private long now = -5;
    private final TellingTime time = new TellingTime(() -> now);

    @Test
    void isATenthOfABusyThread() {
        long told = 0;
        for (int look = 0; look < 1_000; look++) {
            now += 33 * MILLI;
            told += tells(true);
        }
        assertThat(told).isBetween(now / 12, now / 10);
    }

    @Test
    void isSavedUpToTwentyMilliseconds() {
        now += 10_000 * MILLI;
        assertThat(tells(true)).isEqualTo(20 * MILLI);
        assertThat(tells(true)).isZero();
    }

    @Test
    void isThatLongEachTimeWhereThereIsNothingElseToDo() {
        tells(false);
        assertThat(tells(false)).isEqualTo(20 * MILLI);
    }

    @Test
    void whatTookTooLongIsMadeUpFor() {
        time.begin(true);
        now += 120 * MILLI;
        time.end();
        now += 900 * MILLI;
        assertThat(tells(true)).isZero();
        now += 200 * MILLI;
        assertThat(tells(true)).isEqualTo(10 * MILLI);
    }

    /** Tells for as long as it may. */
    private long tells(boolean busy) {
        long began = now;
        time.begin(busy);
        while (!time.isOver()) {
            now += MILLI / 10;
        }
        time.end();
        return now - began;
    }
}
