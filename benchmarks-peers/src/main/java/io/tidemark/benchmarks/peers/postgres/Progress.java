package io.tidemark.benchmarks.peers.postgres;

import io.tidemark.benchmarks.measuring.Stopwatch;
import java.util.concurrent.atomic.AtomicLong;

/** How many records are committed, by all threads. */
final class Progress {
    private final Stopwatch stopwatch;
    private final AtomicLong done = new AtomicLong();

    Progress(Stopwatch stopwatch) {
        this.stopwatch = stopwatch;
    }

    void begin() {
        stopwatch.start();
    }

    void committed(long records) {
        stopwatch.done(done.addAndGet(records));
    }
}
