package io.tidemark.streams.routing;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a peer is given before somebody else who holds the same is asked: several times what peers usually took. A peer that starts,
 * collects garbage or shares its cores is late without being gone, and a copy near at hand need not wait for it.
 *
 * <p>Who was not waited for to the end counts as having taken twice as long, so that peers which have become slower, all of them, are soon
 * given more.
 */
final class Haste {
    private static final int TIMES = 4;
    /** Of each new time; the rest is what was known before. */
    private static final int ONE_IN = 16;

    private final long leastNanos;
    private final long mostNanos;
    private final AtomicLong usualNanos = new AtomicLong();

    /** Never less than the one, nor more than the other. */
    Haste(Duration least, Duration most) {
        leastNanos = least.toNanos();
        mostNanos = most.toNanos();
    }

    Duration given() {
        return Duration.ofNanos(Math.min(mostNanos, leastNanos + TIMES * usualNanos.get()));
    }

    /** It answered. */
    void took(Duration time) {
        usualNanos.accumulateAndGet(
                Math.min(mostNanos, time.toNanos()), (before, now) -> before + (now - before) / ONE_IN);
    }

    /** It did not, for so long; others fail at once. */
    void tookTooLong(Duration given) {
        took(given.multipliedBy(2));
    }
}
