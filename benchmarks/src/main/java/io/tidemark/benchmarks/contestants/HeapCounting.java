package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Counted;

/** Counts the events of some partitions on the heap; one for each thread. */
public interface HeapCounting {
    /** Takes one event, as it is on the wire. */
    void count(byte[] value);

    /** What came of all of them. */
    Counted counted();
}
