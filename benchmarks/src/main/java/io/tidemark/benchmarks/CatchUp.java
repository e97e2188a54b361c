package io.tidemark.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.tidemark.dev.command.DevSettings;
import io.tidemark.dev.command.DevStack;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;

/**
 * How many events a second get from a producer into an answer, with everything (broker, counting, HTTP and producer) in
 * this one process. Each round sends the next events at once and waits until an answer contains the last of them. The
 * first round includes what a young JVM takes to compile.
 */
public final class CatchUp {
    private static final String TENANT = "demo";
    private static final long SEED = 20_261_120;
    private static final Duration UNTIL_READY = Duration.ofSeconds(60);

    private CatchUp() {}

    /**
     * Words: how many events a round (500,000), how many rounds (2), the feed's interval in milliseconds (1,000), of how many days
     * the events are (0: of the last ten minutes).
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int events = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        Duration feed = Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 1_000);
        Path directory = Files.createTempDirectory("tidemark-catch-up");
        try (var stack = DevStack.start(new DevSettings(directory, 0, 0, 0, TENANT, feed, null), Clock.systemUTC());
                var sending = new Sending(stack.kafka())) {
            if (!stack.instance().awaitReady(UNTIL_READY)) {
                throw new IllegalStateException("not ready: " + stack.instance().health());
            }
            var questions = new Questions(stack.instance().url(), stack.key());
            int days = args.length > 3 ? Integer.parseInt(args[3]) : 0;
            var load = new Load(SEED, TENANT, days == 0 ? Load.MINUTES_BACK : Duration.ofDays(days));
            for (int round = 1; round <= rounds; round++) {
                System.out.println("round " + round + ": " + round(events, load, sending, questions, stack));
                questions.requireCounted((long) events * round);
            }
        } finally {
            delete(directory);
        }
    }

    private static String round(int events, Load load, Sending sending, Questions questions, DevStack stack)
            throws IOException, InterruptedException {
        var records = load.encoded(events, Clock.systemUTC().instant(), stack.registry());
        double bytes =
                records.stream().mapToInt(one -> one.value().length).average().orElse(0);
        long cpu = cpuNanos();
        long allocated = allocatedByCounting();
        long began = System.nanoTime();
        var position = sending.send(records);
        long acknowledged = System.nanoTime() - began;
        questions.awaitAnswerWith(position);
        long answered = System.nanoTime() - began;
        return String.format(
                "%,d events of %.0f bytes: acknowledged after %.2f s (%,d/s), all in an answer after %.2f s (%,d/s); "
                        + "%.1f us of CPU each, for broker, counting and producer; %,d bytes of garbage each, of counting",
                events,
                bytes,
                acknowledged / 1e9,
                perSecond(events, acknowledged),
                answered / 1e9,
                perSecond(events, answered),
                (cpuNanos() - cpu) / 1e3 / events,
                (allocatedByCounting() - allocated) / events);
    }

    /** What the threads of Kafka Streams have allocated so far. */
    private static long allocatedByCounting() {
        var threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("-StreamThread-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private static long perSecond(long events, long nanos) {
        return events * 1_000_000_000 / nanos;
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
