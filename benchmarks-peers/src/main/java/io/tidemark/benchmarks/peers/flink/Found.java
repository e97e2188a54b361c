package io.tidemark.benchmarks.peers.flink;

import static java.util.Objects.requireNonNull;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** What operators tell this process. Static, because Flink makes them out of bytes, and the cluster is within the process. */
final class Found {
    private static final LongAdder DUPLICATES = new LongAdder();
    private static final AtomicReference<Counted> SUMS = new AtomicReference<>(Counted.alike(0, Tally.NONE));

    private Found() {}

    static void duplicate() {
        DUPLICATES.increment();
    }

    static void add(Counted sums) {
        SUMS.accumulateAndGet(sums, Counted::plus);
    }

    static Counted counted() {
        Counted sums = requireNonNull(SUMS.get());
        return new Counted(DUPLICATES.sum(), sums.minutes(), sums.quarters(), sums.days());
    }
}
