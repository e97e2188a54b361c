package io.tidemark.benchmarks.reads;

import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.course.Traffic;
import io.tidemark.benchmarks.measuring.Committed;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Fetch;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import io.tidemark.benchmarks.race.GroundProcess;
import io.tidemark.benchmarks.race.JavaCommand;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * How long nobody counts when a task with very many ids moves: all events are of one partition; when they are counted, a second instance comes, and the first is killed while
 * events come. With a copy at the second, and with nothing there. Each case has a broker of its own. Writes {@code takeover.md}.
 */
public final class Takeover {
    private static final long EVENTS = Long.getLong("bench.events", 10_000_000);
    private static final long RATE = 2_000;
    private static final List<Integer> STANDBYS = Stream.of(
                    System.getProperty("bench.standbys", "1,0").split(",", -1))
            .map(Integer::valueOf)
            .toList();

    private static final String SESSION = "6s";
    private static final Duration FLOWING = Duration.ofSeconds(5);
    private static final long LOOK_MILLIS = 20;

    private final JavaCommand java = JavaCommand.own();
    private final Sheet sheet = new Sheet("takeover.md");

    private Takeover() throws IOException {}

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Asker.keepConnections();
        new Takeover().run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        sheet.say(
                "%,d events of one partition, %,d more a second; sessions of %s, commits every 200 ms.",
                EVENTS, RATE, SESSION);
        sheet.say("");
        sheet.say("| | counted, events/s | state, MB | until counting again, s | restored by then, records |");
        sheet.say("|---|---|---|---|---|");
        for (int standbys : STANDBYS) {
            Path scratch = Files.createTempDirectory("tidemark-takeover");
            try (var ground = GroundProcess.start(java, Files.createDirectories(scratch.resolve("broker")))) {
                move(ground, scratch, standbys);
            } finally {
                Directories.delete(scratch);
            }
            sheet.write();
        }
    }

    private void move(GroundProcess ground, Path scratch, int standbys)
            throws IOException, InterruptedException, ExecutionException {
        var layer = new CourseLayer(ground.connection(), 1);
        Instant now = Instant.now();
        Course course = layer.lay(Mix.Z10, EVENTS, 1, now);
        var lane = new Lane(
                ground.connection().kafka(),
                ground.connection().registry(),
                ground.pid(),
                course,
                Fetch.BULK,
                200,
                scratch.toString());
        try (var committed = new Committed(lane);
                var first = start(ground, scratch.resolve("first"), standbys)) {
            long began = System.nanoTime();
            long before = committed.of("tidemark");
            past(committed, EVENTS - 1);
            double rate = (EVENTS - before) * 1e9 / (System.nanoTime() - began);
            try (var second = start(ground, scratch.resolve("second"), standbys);
                    var asker = new Asker(second.url())) {
                idle(second);
                BigDecimal restored = Reads.metric(asker, "tidemark_restored_records_total");
                long state = Directories.bytes(scratch.resolve("first")) >> 20;
                Traffic traffic = layer.traffic(Mix.Z10, RATE, 2, now);
                try {
                    Thread.sleep(FLOWING.toMillis());
                    first.kill();
                    long killed = System.nanoTime();
                    past(committed, committed.of("tidemark"));
                    double took = (System.nanoTime() - killed) / 1e9;
                    sheet.say(
                            "| %s | %,.0f | %,d | %.1f | %,d |",
                            standbys == 0 ? "nothing there" : "a copy there",
                            rate,
                            state,
                            took,
                            Reads.metric(asker, "tidemark_restored_records_total")
                                    .subtract(restored)
                                    .longValue());
                } finally {
                    traffic.close();
                }
            }
        }
    }

    private ServedProcess start(GroundProcess ground, Path state, int standbys) throws IOException {
        return ServedProcess.start(
                java,
                ground.connection(),
                state,
                Duration.ofMillis(200),
                Sheet.RESULTS.resolve("takeover-serve.log"),
                "--partitions",
                "1",
                "--standbys",
                String.valueOf(standbys),
                "--session-timeout",
                SESSION);
    }

    /**
     * Returns when it has taken less than a third of a core for some time, so that nothing more is copied: {@code tidemark_partitions} says there is a copy once it is
     * fresh enough to answer from, with ids and requests still to come.
     */
    private static void idle(ServedProcess served) throws InterruptedException {
        long busy = Long.MAX_VALUE;
        while (busy > FLOWING.toNanos() / 3) {
            long before = Stopwatch.cpuNanosOf(served.pid());
            Thread.sleep(FLOWING.toMillis());
            busy = Stopwatch.cpuNanosOf(served.pid()) - before;
        }
    }

    /** Returns when more than that is committed. */
    private static void past(Committed committed, long done) throws InterruptedException, ExecutionException {
        while (committed.of("tidemark") <= done) {
            Thread.sleep(LOOK_MILLIS);
        }
    }
}
