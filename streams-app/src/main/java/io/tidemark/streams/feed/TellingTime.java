package io.tidemark.streams.feed;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a thread may tell: a tenth of its time while it counts, for all of its tasks together, saved up to some milliseconds. With very many customers, telling would
 * otherwise take all of it: a month costs more to tell than an event to count, and of those that wait nothing is lost.
 */
public final class TellingTime {
    private static final int SHARE = 10;
    private static final long MOST_SAVED = TimeUnit.MILLISECONDS.toNanos(20);

    private final LongSupplier nanos;
    private final ThreadLocal<OfThread> threads = ThreadLocal.withInitial(OfThread::new);

    private static final class OfThread {
        private long at;
        private long saved = MOST_SAVED;
        private long until;
    }

    /** @param nanos a clock that goes on, as {@link System#nanoTime} */
    public TellingTime(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * A task begins to tell.
     *
     * @param busy whether this thread has events to count
     */
    void begin(boolean busy) {
        OfThread thread = threads.get();
        long now = nanos.getAsLong();
        thread.saved = busy ? Math.min(MOST_SAVED, thread.saved + (now - thread.at) / SHARE) : MOST_SAVED;
        thread.at = now;
        thread.until = now + thread.saved;
    }

    /** Whether it has had its time, and has to wait for the rest until it begins again. */
    boolean isOver() {
        return nanos.getAsLong() - threads.get().until >= 0;
    }

    /** It tells no more. */
    void end() {
        OfThread thread = threads.get();
        long now = nanos.getAsLong();
        thread.saved -= now - thread.at;
        thread.at = now;
    }
}
