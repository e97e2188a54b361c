package io.tidemark.benchmarks.reads;

import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How events a second, CPU, memory, disk, answers and restoring change with customers, stored days, meters and instances. In each case {@code serve}, as
 * shipped, first counts what is to be there already, one event of each customer and some days of history, then live events, of which the second half but for its end is
 * measured: all are sent and nearly everything is compiled by then, and all partitions still have some. Each case has a broker of its own. Writes {@code growth.md}.
 */
public final class Growth {
    private static final long EVENTS = Long.getLong("bench.events", 1_000_000);
    private static final long EVENTS_OF_A_DAY = Long.getLong("bench.day", 50_000);
    private static final double FROM = 0.5;
    private static final double TO = 0.9;
    private static final Duration TIME = Duration.ofSeconds(8);
    private static final int EACH_SECOND = 100;
    /** Longer than from one commit to the next. */
    private static final Duration BETWEEN_ROWS = Duration.ofSeconds(3);

    private final Sheet sheet = new Sheet("growth.md");
    private final JavaCommand java = JavaCommand.own();

    private Growth() throws IOException {}

    /** What is compared, by the name that {@code bench.cases} takes; threads of each instance. */
    private enum Case {
        CUSTOMERS_10K("10,000 customers", Mix.Z10, null, 1),
        CUSTOMERS_100K("100,000 customers", Mix.Z10_100K, null, 1),
        CUSTOMERS_1M("1,000,000 customers", Mix.Z10_1M, null, 1),
        DAY_1("10,000 customers, 1 day before", Mix.Z10, Mix.B1, 1),
        DAYS_10("10 days before", Mix.Z10, Mix.B10, 1),
        DAYS_30("30 days before", Mix.Z10, Mix.B30, 1),
        METER_1("10,000 customers, usage of 1 meter", Mix.Z10_METER, null, 1),
        METERS_4("usage of 4 meters", Mix.Z10_4_METERS, null, 1),
        METERS_16("usage of 16 meters", Mix.Z10_16_METERS, null, 1),
        TWO_INSTANCES("10,000 customers, 2 instances of 1 thread", Mix.Z10, null, 2);

        private final String what;
        private final Mix live;
        private final @Nullable Mix history;
        private final int instances;

        Case(String what, Mix live, @Nullable Mix history, int instances) {
            this.what = what;
            this.live = live;
            this.history = history;
            this.instances = instances;
        }

        long historyEvents() {
            return history == null ? 0 : history.span().toDays() * EVENTS_OF_A_DAY;
        }
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Asker.keepConnections();
        new Growth().run();
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        sheet.say(
                "%,d live events in each case, %,d of a day of history. For each event: CPU of `serve`, of the broker, logged, stored.",
                EVENTS, EVENTS_OF_A_DAY);
        sheet.say("");
        sheet.say(
                "| | new customers/s | events/s | CPU, us | broker's CPU, us | logged, B | resident, MB | stored, B"
                        + " | one customer, p50, p99, ms | all customers, p50, ms | records restored | a second | ready after, s |");
        sheet.say("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        String wanted = System.getProperty("bench.cases", "");
        for (Case one : Case.values()) {
            if (wanted.isBlank() || List.of(wanted.split(",", -1)).contains(one.name())) {
                Path scratch = Files.createTempDirectory("tidemark-growth");
                try (var ground = GroundProcess.start(java, Files.createDirectories(scratch.resolve("broker")))) {
                    new Run(one, scratch, ground).run();
                } finally {
                    Directories.delete(scratch);
                }
                sheet.write();
            }
        }
    }

    /** One case. */
    private final class Run {
        private final Case of;
        private final Path scratch;
        private final GroundProcess ground;
        private final Instant now = Instant.now();
        private final List<ServedProcess> served = new ArrayList<>();

        Run(Case of, Path scratch, GroundProcess ground) {
            this.of = of;
            this.scratch = scratch;
            this.ground = ground;
        }

        void run() throws IOException, InterruptedException, ExecutionException {
            var layer = new CourseLayer(ground.connection());
            Course course = layer.lay(of.live, 0, 1, now);
            long before = of.live.count() + of.historyEvents();
            try (var committed = new Committed(lane(course))) {
                // While there is nothing to move, partitions are shared out at once.
                start();
                long began = System.nanoTime();
                layer.introduce(of.live, 2, now);
                whenAllAreKnown(committed);
                double known = of.live.count() * 1e9 / (System.nanoTime() - began);
                if (of.history != null) {
                    layer.add(of.history, of.historyEvents(), 3, now);
                }
                layer.add(of.live, EVENTS, 4, now);
                Moment from = when(committed, before + (long) (FROM * EVENTS));
                Moment to = when(committed, before + (long) (TO * EVENTS));
                when(committed, before + EVENTS);
                double events = to.done - from.done;
                double all = before + EVENTS;
                String counting = String.format(
                        Locale.ROOT,
                        "%,.0f | %,.0f | %.1f | %.1f | %,.0f | %,d",
                        known,
                        events / (to.nanos - from.nanos) * 1e9,
                        (to.cpu - from.cpu) / events / 1e3,
                        (to.broker - from.broker) / events / 1e3,
                        committed.changelogBytes("tidemark") / all,
                        resident());
                String answers = answers();
                stop();
                double stored = stored() / all;
                sheet.say("| %s | %s | %,.0f | %s | %s |", of.what, counting, stored, answers, restored());
            } finally {
                stop();
            }
        }

        /** Each has its row of {@code customers}, and nothing more comes. */
        private void whenAllAreKnown(Committed committed) throws InterruptedException, ExecutionException {
            String customers = CourseLayer.TOPICS.customers().name();
            when(committed, of.live.count());
            long before = 0;
            for (long rows = committed.ends(customers); rows < of.live.count() || rows > before; ) {
                before = rows;
                Thread.sleep(BETWEEN_ROWS.toMillis());
                rows = committed.ends(customers);
            }
        }

        private Lane lane(Course course) {
            return new Lane(
                    ground.connection().kafka(),
                    ground.connection().registry(),
                    ground.pid(),
                    course,
                    Fetch.BULK,
                    200,
                    scratch.toString());
        }

        private void start() throws IOException {
            for (int i = 0; i < of.instances; i++) {
                served.add(ServedProcess.start(
                        java,
                        ground.connection(),
                        scratch.resolve("state" + i),
                        Duration.ofMillis(200),
                        Sheet.RESULTS.resolve("growth-serve.log"),
                        "--threads",
                        String.valueOf(2 / of.instances)));
            }
        }

        private void stop() {
            served.forEach(ServedProcess::close);
            served.clear();
        }

        private long stored() throws IOException {
            long sum = 0;
            for (int i = 0; i < of.instances; i++) {
                sum += Directories.bytes(scratch.resolve("state" + i));
            }
            return sum;
        }

        /** Of all instances together, in MB, as Linux tells it. */
        private long resident() throws IOException {
            long sum = 0;
            for (ServedProcess one : served) {
                try (Stream<String> lines = Files.lines(Path.of("/proc/" + one.pid() + "/status"))) {
                    sum += lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .sum();
                }
            }
            return sum >> 10;
        }

        /** Where things stood when so many were committed. */
        private Moment when(Committed committed, long wanted) throws InterruptedException, ExecutionException {
            long done = committed.of("tidemark");
            while (done < wanted) {
                Thread.sleep(50);
                done = committed.of("tidemark");
            }
            return new Moment(
                    done,
                    System.nanoTime(),
                    served.stream()
                            .mapToLong(one -> Stopwatch.cpuNanosOf(one.pid()))
                            .sum(),
                    Stopwatch.cpuNanosOf(ground.pid()));
        }

        private String answers() throws IOException, InterruptedException, ExecutionException {
            var random = new SplittableRandom(5);
            String period = Reads.month(now.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(2)));
            String all = "/api/v1/usage/by-customer?sort_by=cost&limit=100&" + period;
            int customers = of.live.count() / of.live.allTenants().size();
            try (var asker = new Asker(served.get(0).url())) {
                asker.become(of.live.allTenants().get(0));
                int tenants = of.live.allTenants().size();
                asker.paced("warm", EACH_SECOND, TIME, i -> Reads.one(random.nextInt(customers) * tenants, period));
                Asked one = asker.paced(
                        "one", EACH_SECOND, TIME, i -> Reads.one(random.nextInt(customers) * tenants, period));
                asker.paced("warm", 2, TIME, i -> all);
                Asked every = asker.paced("all", 2, TIME, i -> all);
                return String.format(
                        Locale.ROOT, "%.1f, %.1f | %.0f", one.millis(0.5), one.millis(0.99), every.millis(0.5));
            }
        }

        /** Once no more are restored. */
        private String restored() throws IOException, InterruptedException {
            for (int i = 0; i < of.instances; i++) {
                Directories.delete(scratch.resolve("state" + i));
            }
            long began = System.nanoTime();
            start();
            double ready = (System.nanoTime() - began) / 1e9;
            BigDecimal before = BigDecimal.ONE.negate();
            BigDecimal records = ofAll("tidemark_restored_records_total");
            while (records.compareTo(before) > 0) {
                before = records;
                Thread.sleep(BETWEEN_ROWS.toMillis());
                records = ofAll("tidemark_restored_records_total");
            }
            double seconds = ofAll("tidemark_restoring_seconds_sum").doubleValue();
            return String.format(
                    Locale.ROOT, "%,d | %,.0f | %.1f", records.longValue(), records.doubleValue() / seconds, ready);
        }

        private BigDecimal ofAll(String metric) throws IOException, InterruptedException {
            BigDecimal sum = BigDecimal.ZERO;
            for (ServedProcess one : served) {
                try (var asker = new Asker(one.url())) {
                    sum = sum.add(Reads.metric(asker, metric));
                }
            }
            return sum;
        }
    }

    private record Moment(long done, long nanos, long cpu, long broker) {}
}
