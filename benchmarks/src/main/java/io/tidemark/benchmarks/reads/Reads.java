package io.tidemark.benchmarks.reads;

import io.tidemark.benchmarks.course.Course;
import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.course.Traffic;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Fetch;
import io.tidemark.benchmarks.measuring.Lane;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One tenant with 100,000 customers and 30 days of events, one of them with very many: what answers take over HTTP, at rest and while events
 * are counted at half of the rate at which the same process caught up; how long after its acknowledgement an event is in an answer; how fast lost state is restored. Run by
 * {@code benchmarks-peers}, what DuckDB takes for the same question over the same events. Writes {@code reads.md}.
 */
public final class Reads {
    private static final long EVENTS = Long.getLong("bench.events", 2_000_000);
    private static final long HOT_EVENTS = Long.getLong("bench.hot", 1_000_000);
    private static final long RATE = Long.getLong("bench.rate", 0);
    private static final int PER_SECOND = Integer.getInteger("bench.questions", 1_000);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("bench.seconds", 20));
    /** For which one customer's usage is asked for before anything is measured: what is done some ten thousand times is compiled by then. */
    private static final Duration WARM = Duration.ofSeconds(Integer.getInteger("bench.warm", 40));

    private static final int FRESH = 100;
    private static final Pattern HANDLED =
            Pattern.compile("(?m)^tidemark_records_total\\{[^}]*fate=\"(?:counted|duplicate)\"[^}]*} ([0-9.E]+)$");

    private static final Pattern AS_OF = Pattern.compile("\"as_of\":\"([^\"]+)\"");
    /** So fresh, so often one after the other. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private static final int SETTLED_TIMES = 5;
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);
    private static final long SETTLED_EVERY_MILLIS = 500;

    private final Sheet sheet = new Sheet("reads.md");
    /** Said below the table. */
    private final List<String> waited = new ArrayList<>();

    private final JavaCommand java = JavaCommand.own();
    private final Path scratch;
    private final GroundProcess ground;
    private final CourseLayer layer;
    private final Instant now = Instant.now();

    private Reads(Path scratch, GroundProcess ground) throws IOException {
        this.scratch = scratch;
        this.ground = ground;
        this.layer = new CourseLayer(ground.connection());
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Asker.keepConnections();
        Path scratch = Files.createTempDirectory("tidemark-reads");
        Path broker = Files.createDirectories(scratch.resolve("broker"));
        try (var ground = GroundProcess.start(JavaCommand.own(), broker)) {
            new Reads(scratch, ground).run();
        } finally {
            Directories.delete(scratch);
        }
    }

    private void run() throws IOException, InterruptedException, ExecutionException {
        Course course = layer.lay(Mix.ONE30, EVENTS, 1, now);
        layer.add(Mix.HOT30, HOT_EVENTS, 2, now);
        sheet.say("%,d events of 100,000 customers, %,d more of one of them.", EVENTS, HOT_EVENTS);
        duckDb(course);
        long rate = RATE;
        for (int millis : List.of(200, 100, 500)) {
            try (var served = start(millis);
                    var asker = new Asker(served.url())) {
                asker.become(Mix.ONE30.allTenants().get(0));
                if (millis == 200) {
                    long caughtUp = catchUp(asker);
                    rate = rate == 0 ? caughtUp / 2 : rate;
                    sheet.say(
                            "Caught up at %,d events/s, the compiler's first seconds among them; load: %,d.",
                            caughtUp, rate);
                    sheet.say("");
                    sheet.say("| | asked | p50, ms | p90 | p99 | most |");
                    sheet.say("|---|---|---|---|---|---|");
                    questions(asker, "at rest");
                }
                Traffic load = layer.traffic(Mix.ONE10, rate, millis, now);
                try {
                    if (millis == 200) {
                        questions(asker, "under load");
                    }
                    settle(asker);
                    fresh(asker, millis);
                } finally {
                    load.close();
                }
            }
        }
        sheet.say("");
        waited.forEach(line -> sheet.say("%s", line));
        restore();
        sheet.write();
    }

    /** All state lost, nothing else going on. */
    private void restore() throws IOException, InterruptedException {
        Directories.delete(scratch.resolve("state"));
        long began = System.nanoTime();
        try (var served = start(200);
                var asker = new Asker(served.url())) {
            double ready = (System.nanoTime() - began) / 1e9;
            BigDecimal records = metric(asker, "tidemark_restored_records_total");
            BigDecimal seconds = metric(asker, "tidemark_restoring_seconds_sum");
            sheet.say("");
            sheet.say(
                    "State lost: ready %.1f s after the start of the process; %,d records restored in %.1f s, %,.0f a second.",
                    ready, records.longValue(), seconds.doubleValue(), records.doubleValue() / seconds.doubleValue());
        }
    }

    /** What a metric comes to, over all its labels. */
    static BigDecimal metric(Asker asker, String name) throws IOException, InterruptedException {
        return asker.get("/metrics")
                .lines()
                .filter(line -> line.startsWith(name))
                .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private ServedProcess start(int commitMillis) throws IOException {
        return ServedProcess.start(
                java,
                ground.connection(),
                scratch.resolve("state"),
                Duration.ofMillis(commitMillis),
                Sheet.RESULTS.resolve("reads-serve.log"));
    }

    /** Events a second until all are counted. */
    private long catchUp(Asker asker) throws IOException, InterruptedException {
        long began = System.nanoTime();
        long before = handled(asker);
        while (handled(asker) < EVENTS + HOT_EVENTS) {
            Thread.sleep(200);
        }
        return (EVENTS + HOT_EVENTS - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - began);
    }

    static long handled(Asker asker) throws IOException, InterruptedException {
        long all = 0;
        var found = HANDLED.matcher(asker.get("/metrics"));
        while (found.find()) {
            all += new BigDecimal(found.group(1)).longValue();
        }
        return all;
    }

    private void questions(Asker asker, String when) throws InterruptedException, ExecutionException {
        var random = new SplittableRandom(5);
        String period = month(now.truncatedTo(ChronoUnit.HOURS));
        String all = "/api/v1/usage/by-customer?sort_by=cost&limit=100&" + period;
        asker.paced("warm", PER_SECOND, WARM, i -> one(1 + random.nextInt(99_999), period));
        add(asker.paced(
                "one of many customers, " + when, PER_SECOND, TIME, i -> one(1 + random.nextInt(99_999), period)));
        add(asker.paced("the busiest customer, " + when, PER_SECOND, TIME, i -> one(0, period)));
        asker.paced("warm", 4, TIME, i -> all);
        add(asker.paced("by customer, top 100, " + when, 2, TIME, i -> all));
        var both = new Thread(() -> quietly(asker, period, random));
        both.start();
        add(asker.paced("by customer, top 100, beside one customer's, " + when, 2, TIME, i -> all));
        both.join();
    }

    private static void quietly(Asker asker, String period, SplittableRandom random) {
        try {
            asker.paced("beside", PER_SECOND / 2, TIME, i -> one(1 + random.nextInt(99_999), period));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** 29 days that end some minutes before a full hour: bounds on odd minutes, so that pages of all three kinds are read. */
    static String month(Instant hour) {
        Instant to = hour.minus(7, ChronoUnit.MINUTES);
        return "from=" + to.minus(Duration.ofDays(29)).plus(Duration.ofMinutes(3)) + "&to=" + to;
    }

    /** What one customer used. */
    static String one(int customer, String period) {
        return "/api/v1/customers/customer_" + customer + "/usage?" + period;
    }

    private void add(Asked asked) {
        sheet.say("%s", asked.row());
    }

    /** A process that has just started, or was asked for more than there was, counts first what waits for it: up to when everything is in answers. */
    private void settle(Asker asker) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Duration behind = Duration.ZERO;
        int well = 0;
        while (well < SETTLED_TIMES && System.nanoTime() - began < SETTLED_WITHIN.toNanos()) {
            Thread.sleep(SETTLED_EVERY_MILLIS);
            String answer = asker.get("/api/v1/usage/by-customer?limit=1&period=10m");
            behind = Duration.between(Instant.parse(found(AS_OF, answer)), Instant.now());
            boolean whole = answer.contains("\"complete\":true");
            well = whole && behind.compareTo(SETTLED) < 0 ? well + 1 : 0;
        }
        waited.add(String.format(
                Locale.ROOT,
                "Before new customers came, what had waited was counted for %.1f s; answers were %d ms behind then.",
                (System.nanoTime() - began) / 1e9,
                behind.toMillis()));
    }

    private static String found(Pattern what, String answer) {
        var found = what.matcher(answer);
        if (!found.find()) {
            throw new IllegalStateException("no such thing in " + answer);
        }
        return found.group(1);
    }

    /** Customers nobody heard of before, one after the other: there once their event is. */
    private void fresh(Asker asker, int commitMillis) throws IOException, InterruptedException, ExecutionException {
        var took = new ArrayList<Long>();
        try (var sender = layer.sender(commitMillis)) {
            for (int i = 0; i < FRESH; i++) {
                String customer = "fresh_" + commitMillis + "_" + i;
                sender.send(Mix.ONE30.allTenants().get(0), customer, Instant.now());
                long began = System.nanoTime();
                while (asker.status("/api/v1/customers/" + customer + "/usage?period=today") != 200) {
                    Thread.sleep(2);
                }
                took.add(System.nanoTime() - began);
            }
        }
        add(new Asked("acknowledged to answered under load, commit " + commitMillis + " ms", took));
    }

    private void duckDb(Course course) throws IOException, InterruptedException {
        var withPeers = new JavaCommand(System.getProperty("java.class.path"));
        if (withPeers.equals(java)) {
            return;
        }
        Path directory = Files.createDirectories(scratch.resolve("duckdb"));
        var lane = new Lane(
                ground.connection().kafka(),
                ground.connection().registry(),
                ground.pid(),
                course,
                Fetch.BULK,
                200,
                directory.toString());
        int code = withPeers
                .of(
                        "io.tidemark.benchmarks.peers.duckdb.DuckDb",
                        "3g",
                        List.of(lane.write().toString(), String.valueOf(EVENTS + HOT_EVENTS)))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start()
                .waitFor();
        List<String> said = Files.readAllLines(directory.resolve("out"));
        if (code != 0) {
            throw new IllegalStateException("DuckDB: " + said);
        }
        said.forEach(line -> sheet.say("%s", line));
    }
}
