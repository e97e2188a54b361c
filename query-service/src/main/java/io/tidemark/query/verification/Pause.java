package io.tidemark.query.verification;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Nothing to do but to wait before the next question. */
final class Pause {
    private Pause() {}

    static void of(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new CannotTell("interrupted");
            }
            LockSupport.parkNanos(left);
        }
    }
}
