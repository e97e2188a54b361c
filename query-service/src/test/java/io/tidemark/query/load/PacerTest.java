package io.tidemark.query.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now;
    private int waits;

    private Pacer pacer(double rate) {
        return new Pacer(rate, () -> now, nanos -> {
            waits++;
            now += nanos;
        });
    }

    private int goneWithin(Pacer pacer, double seconds) {
        long end = now + (long) (seconds * SECOND);
        int gone = 0;
        while (now < end) {
            pacer.await(() -> true);
            gone += now < end ? 1 : 0;
        }
        return gone;
    }

    @Test
    void keepsToItsRateOverSeconds() {
        for (double rate : new double[] {0.5, 3, 100, 1_000, 33_333}) {
            assertThat((double) goneWithin(pacer(rate), 20))
                    .as("%s", rate)
                    .isBetween(rate * 19.98 - 1, rate * 20.02 + 1);
        }
    }

    @Test
    void doesNotWaitForEachEvent() {
        goneWithin(pacer(30_000), 10);
        assertThat(waits).isLessThan(10 * 220);
    }

    @Test
    void catchesUpAfterAStallButNotByMoreThanASecond() {
        Pacer pacer = pacer(100);
        goneWithin(pacer, 2);
        now += SECOND / 2;
        assertThat(goneWithin(pacer, 1.5)).as("half a second late").isBetween(195, 205);
        now += 60 * SECOND;
        assertThat(goneWithin(pacer, 2)).as("a minute late").isBetween(295, 305);
    }

    @Test
    void neverWaitsWithoutARateOrWhenItIsNotWantedAnyMore() {
        pacer(0).await(() -> true);
        Pacer slow = pacer(0.001);
        slow.await(() -> true);
        assertThat(waits).isZero();
        slow.await(() -> waits < 3);
        assertThat(waits).isEqualTo(3);
        assertThat(now).as("it looks up now and then").isLessThan(SECOND);
    }
}
