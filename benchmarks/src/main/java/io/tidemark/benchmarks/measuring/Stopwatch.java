package io.tidemark.benchmarks.measuring;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tidemark.benchmarks.course.Counted;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Time and CPU of this process and of the servers it uses. For any number of threads. */
public final class Stopwatch {
    private final LongSupplier serverCpu;
    private final long records;
    private long began;
    private long cpuAtBegin;
    private long serverAtBegin;
    private long allocatedAtBegin;
    private long halfRecords;
    private long cpuAtHalf;
    private long wall;
    private long cpu;
    private long server;
    private long allocated;
    private long resident;

    /** A stopwatch for so many records. */
    public Stopwatch(long records, LongSupplier serverCpuNanos) {
        this.records = records;
        this.serverCpu = serverCpuNanos;
    }

    public static Stopwatch of(Lane lane) {
        return new Stopwatch(lane.course().events(), () -> cpuNanosOf(lane.brokerPid()));
    }

    /** The CPU that another process has taken; in steps of some milliseconds. */
    public static long cpuNanosOf(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L);
    }

    /** Only the first call starts it. */
    public synchronized void start() {
        if (began == 0) {
            serverAtBegin = serverCpu.getAsLong();
            allocatedAtBegin = allocatedNow();
            cpuAtBegin = cpuNow();
            began = System.nanoTime();
        }
    }

    /** So many are done. The first call past the half of them takes the time of the half. */
    public synchronized void done(long sofar) {
        if (halfRecords == 0 && sofar >= records / 2) {
            halfRecords = sofar;
            cpuAtHalf = cpuNow();
        }
    }

    /** Everything is done. */
    public synchronized void stop() {
        wall = System.nanoTime() - began;
        cpu = cpuNow() - cpuAtBegin;
        allocated = allocatedNow() - allocatedAtBegin;
        server = serverCpu.getAsLong() - serverAtBegin;
        resident = mostResident();
    }

    public synchronized Figures figures(Counted counted, long loggedBytes, long storedBytes) {
        long warmRecords = halfRecords == 0 ? 0 : records - halfRecords;
        long warmCpu = halfRecords == 0 ? 0 : cpu - (cpuAtHalf - cpuAtBegin);
        return new Figures(
                records,
                wall,
                cpu,
                warmRecords,
                warmCpu,
                server,
                allocated,
                loggedBytes,
                storedBytes,
                resident,
                counted);
    }

    private static long cpuNow() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** Linux's high-water mark of this process. */
    private static long mostResident() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    private static long allocatedNow() {
        var threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
