package io.tidemark.query.load;

import java.util.concurrent.atomic.AtomicLong;

/** What became of a load so far. Written by who sends and by the publisher's thread, read by whoever shows it. */
public final class Tally {
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong sentAgain = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * The numbers at one moment.
     *
     * @param events of the load that were handed over, each once
     * @param duplicates how often an event was repeated on purpose
     * @param sentAgain how often one was sent again because it had failed
     * @param acknowledged records that the broker has
     * @param failed records that were not acknowledged
     */
    public record Counts(long events, long duplicates, long sentAgain, long acknowledged, long failed) {
        public long sent() {
            return events + duplicates + sentAgain;
        }
    }

    public Counts counts() {
        return new Counts(events.get(), duplicates.get(), sentAgain.get(), acknowledged.get(), failed.get());
    }

    void event() {
        events.incrementAndGet();
    }

    void duplicate() {
        duplicates.incrementAndGet();
    }

    void sentAgain() {
        sentAgain.incrementAndGet();
    }

    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }
}
