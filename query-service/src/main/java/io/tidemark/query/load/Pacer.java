package io.tidemark.query.load;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Keeps to a rate over seconds: waits until a few events are due and lets them go together. Falls it behind, it catches up,
 * but never by more than a second's events: after an outage the load goes on as before.
 */
public final class Pacer {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_WAIT = TimeUnit.MILLISECONDS.toNanos(200);

    private final double rate;
    private final LongSupplier nanos;
    private final Waiting waiting;
    private long start;
    private long gone;

    /** Waits a number of nanoseconds, or less. */
    interface Waiting {
        void atMost(long nanos);
    }

    Pacer(double rate, LongSupplier nanos, Waiting waiting) {
        this.rate = rate;
        this.nanos = nanos;
        this.waiting = waiting;
        start = nanos.getAsLong();
    }

    /** A pacer by the machine's clock; at most that many a second, or without limit where it is 0. */
    public static Pacer of(double perSecond) {
        return new Pacer(perSecond, System::nanoTime, LockSupport::parkNanos);
    }

    /** Returns when one more may go, or it is no longer wanted. */
    public void await(BooleanSupplier wanted) {
        if (rate > 0) {
            while (due() <= gone && wanted.getAsBoolean()) {
                waiting.atMost(Math.min(LONGEST_WAIT, Math.max(TICK, untilNext())));
            }
            gone++;
        }
    }

    /** How many may have gone by now, the first at once. */
    private long due() {
        long due = 1 + (long) ((nanos.getAsLong() - start) * rate / SECOND);
        long tooMany = due - gone - Math.max(1, (long) rate);
        if (tooMany > 0) {
            start += (long) (tooMany * SECOND / rate);
            due -= tooMany;
        }
        return due;
    }

    private long untilNext() {
        return start + (long) (gone / rate * SECOND) - nanos.getAsLong();
    }
}
