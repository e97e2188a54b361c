package io.tidemark.benchmarks.measuring;

import io.tidemark.benchmarks.course.Counted;

/**
 * What a contestant took, from the first record processed until everything was committed.
 *
 * @param records how many it handled
 * @param cpuNanos of its own process
 * @param warmRecords those after about half of them
 * @param warmCpuNanos of its own process, for those
 * @param serverCpuNanos of the broker, and of a database where there is one
 * @param allocatedBytes on the heap, by the threads that live at its end
 * @param loggedBytes written to make its state last: changelogs, a write-ahead log
 * @param storedBytes its state on disk, after it was closed
 * @param residentBytes the most that its process had in memory; 0 where the system does not say
 */
public record Figures(
        long records,
        long wallNanos,
        long cpuNanos,
        long warmRecords,
        long warmCpuNanos,
        long serverCpuNanos,
        long allocatedBytes,
        long loggedBytes,
        long storedBytes,
        long residentBytes,
        Counted counted) {
    private static final double NANOS_OF_A_SECOND = 1e9;
    private static final double NANOS_OF_A_MICRO = 1e3;
    private static final double BYTES_OF_A_MEGABYTE = 1 << 20;

    public double perSecond() {
        return records * NANOS_OF_A_SECOND / wallNanos;
    }

    public double cpuMicros() {
        return cpuNanos / NANOS_OF_A_MICRO / records;
    }

    public double warmCpuMicros() {
        return warmRecords == 0 ? 0 : warmCpuNanos / NANOS_OF_A_MICRO / warmRecords;
    }

    public double serverCpuMicros() {
        return serverCpuNanos / NANOS_OF_A_MICRO / records;
    }

    /** Per record. */
    public double allocated() {
        return (double) allocatedBytes / records;
    }

    /** Per record. */
    public double logged() {
        return (double) loggedBytes / records;
    }

    public double residentMegabytes() {
        return residentBytes / BYTES_OF_A_MEGABYTE;
    }

    /** Bytes of state for each record, which is megabytes for each million. */
    public double stored() {
        return (double) storedBytes / records;
    }
}
