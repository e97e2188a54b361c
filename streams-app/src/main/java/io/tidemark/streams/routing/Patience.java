package io.tidemark.streams.routing;

import java.time.Duration;

/**
 * How long one question goes on being asked. Partitions move within some tenths of a second: who asks should not have to know, and is told
 * when it takes longer.
 */
final class Patience {
    /** From the first failure on. A client that tries again itself does so at another instance. */
    static final Duration BUDGET = Duration.ofMillis(500);

    private static final Duration BETWEEN = Duration.ofMillis(10);

    private final long end;
    private final long budgetNanos;
    private long giveUpAt = Long.MAX_VALUE;

    /**
     * @param atMost how long the question itself may take
     * @param budget how long it is asked again
     */
    Patience(Duration atMost, Duration budget) {
        end = System.nanoTime() + atMost.toNanos();
        budgetNanos = budget.toNanos();
    }

    /** What is left of the time the question itself may take. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Waits a little before all are asked anew; false when that has been done for long enough. */
    boolean again() {
        long now = System.nanoTime();
        if (giveUpAt == Long.MAX_VALUE) {
            giveUpAt = now + budgetNanos;
        }
        if (giveUpAt - now <= 0) {
            return false;
        }
        try {
            Thread.sleep(BETWEEN.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
