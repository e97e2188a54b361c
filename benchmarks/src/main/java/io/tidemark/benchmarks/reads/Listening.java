package io.tidemark.benchmarks.reads;

import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Stopwatch;
import io.tidemark.benchmarks.race.GroundProcess;
import io.tidemark.benchmarks.race.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What listeners cost: one process counts, as fast as it can, events that lie there already, by itself of 100,000 customers of one tenant; in turn nobody listens, many listen to one customer each, and many
 * to all. Rates are of slices of one run, each of which begins some seconds after listeners came or went; each slice with listeners is compared with those just before and
 * just after it, and the CPU that the process took for an event is told, which other work on the machine changes less than its rate. Writes {@code listening.md}.
 */
public final class Listening {
    private static final long EVENTS = Long.getLong("bench.events", 6_000_000);
    /** Listeners are of all its tenants in turn. */
    private static final Mix MIX = Mix.valueOf(System.getProperty("bench.mix", Mix.ONE10.name()));

    private static final int MANY = Integer.getInteger("bench.listeners", 1_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);
    private static final Duration SLICE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 15));
    private static final Duration SETTLING = Duration.ofSeconds(4);
    /** An instance goes on hearing the feed for ten seconds after the last listener has left. */
    private static final Duration UNTIL_NOTHING_IS_HEARD = Duration.ofSeconds(14);

    private static final Duration WARMING = Duration.ofSeconds(30);

    private final Sheet sheet = new Sheet("listening.md");
    private final Map<Kind, List<Slice>> slices = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);

    private Listening() throws IOException {}

    /** What was counted in a slice, and the CPU of the process that counted, in microseconds for an event. */
    private record Slice(double rate, double cpu) {}

    /** Who listens in a slice. */
    private enum Kind {
        NOBODY("nobody"),
        ONE_EACH("to one customer each"),
        ALL("to all customers");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        Asker.keepConnections();
        Path scratch = Files.createTempDirectory("tidemark-listening");
        Path broker = Files.createDirectories(scratch.resolve("broker"));
        var java = JavaCommand.own();
        try (var ground = GroundProcess.start(java, broker)) {
            new CourseLayer(ground.connection()).lay(MIX, EVENTS, 1, Instant.now());
            try (var served = ServedProcess.start(
                            java,
                            ground.connection(),
                            scratch.resolve("state"),
                            Duration.ofMillis(200),
                            Sheet.RESULTS.resolve("listening-serve.log"));
                    var asker = new Asker(served.url())) {
                new Listening().run(served, asker);
            }
        } finally {
            Directories.delete(scratch);
        }
    }

    private void run(ServedProcess served, Asker asker) throws IOException, InterruptedException {
        var keys = new ArrayList<String>();
        for (int i = 0; i <= MANY / 100; i++) {
            List<String> tenants = MIX.allTenants();
            keys.add(asker.key(tenants.get(i % tenants.size())));
        }
        Thread.sleep(WARMING.toMillis());
        for (int round = 0; round < ROUNDS; round++) {
            slice(Kind.NOBODY, served, keys, asker);
            slice(Kind.ALL, served, keys, asker);
        }
        slice(Kind.NOBODY, served, keys, asker);
        // Last: of clients that are gone and are sent nothing, nobody hears for half a minute.
        if (MIX.allTenants().size() == 1) {
            slice(Kind.ONE_EACH, served, keys, asker);
        }
        sheet.say(
                "%,d events of %s; %d slices of %d s each; %,d listeners.",
                EVENTS, MIX, ROUNDS, SLICE.toSeconds(), MANY);
        sheet.say("");
        sheet.say("| Listening | events/s, median | each, in thousands | CPU of an event, us | sent, MB/s |");
        sheet.say("|---|---|---|---|---|");
        for (Kind kind : slices.keySet()) {
            sheet.say(
                    "| %s | %,.0f | %s | %.1f | %.2f |",
                    kind.words,
                    median(of(kind).stream().map(Slice::rate)),
                    of(kind).stream()
                            .map(slice -> String.format(Locale.ROOT, "%.1f", slice.rate() / 1_000))
                            .toList(),
                    median(of(kind).stream().map(Slice::cpu)),
                    bytes.getOrDefault(kind, 0L) / 1e6 / of(kind).size() / SLICE.toSeconds());
        }
        sheet.say("");
        List<Double> rates = besideNobody(Slice::rate);
        List<Double> cpu = besideNobody(Slice::cpu);
        sheet.say(
                "A slice with listeners to all against the two beside it: rate %.3f [%.3f–%.3f], CPU of an event %.3f [%.3f–%.3f]: median and quartiles of %d.",
                quantile(rates, 0.5),
                quantile(rates, 0.25),
                quantile(rates, 0.75),
                quantile(cpu, 0.5),
                quantile(cpu, 0.25),
                quantile(cpu, 0.75),
                rates.size());
        sheet.write();
    }

    /** Of each slice with listeners to all, its part of the mean of the slices before and after it. */
    private List<Double> besideNobody(ToDoubleFunction<Slice> figure) {
        var parts = new ArrayList<Double>();
        for (int i = 0; i < of(Kind.ALL).size(); i++) {
            double before = figure.applyAsDouble(of(Kind.NOBODY).get(i));
            double after = figure.applyAsDouble(of(Kind.NOBODY).get(i + 1));
            parts.add(2 * figure.applyAsDouble(of(Kind.ALL).get(i)) / (before + after));
        }
        return parts;
    }

    private void slice(Kind kind, ServedProcess served, List<String> keys, Asker asker)
            throws IOException, InterruptedException {
        IntFunction<String> query =
                kind == Kind.ALL ? i -> "" : i -> "&external_customer_id=customer_" + i * 37 % 100_000;
        @Nullable Crowd crowd = kind == Kind.NOBODY ? null : Crowd.of(MANY, URI.create(served.url()), keys, query);
        try {
            Thread.sleep((crowd == null ? UNTIL_NOTHING_IS_HEARD : SETTLING).toMillis());
            long sent = crowd == null ? 0 : crowd.bytes();
            long before = Reads.handled(asker);
            long cpu = Stopwatch.cpuNanosOf(served.pid());
            long began = System.nanoTime();
            Thread.sleep(SLICE.toMillis());
            long counted = Reads.handled(asker) - before;
            long took = System.nanoTime() - began;
            of(kind).add(new Slice(
                    counted * 1e9 / took, (Stopwatch.cpuNanosOf(served.pid()) - cpu) / 1e3 / Math.max(1, counted)));
            if (crowd != null) {
                bytes.merge(kind, crowd.bytes() - sent, Long::sum);
                if (crowd.ended() > 0) {
                    throw new IllegalStateException(crowd.ended() + " were sent away or refused");
                }
            }
            if (counted == 0 || Reads.handled(asker) >= EVENTS) {
                throw new IllegalStateException("all is counted: more events are needed; slices so far: " + slices);
            }
        } finally {
            if (crowd != null) {
                crowd.close();
            }
        }
    }

    private List<Slice> of(Kind kind) {
        return slices.computeIfAbsent(kind, none -> new ArrayList<>());
    }

    private static double median(Stream<Double> figures) {
        return quantile(figures.toList(), 0.5);
    }

    private static double quantile(List<Double> figures, double part) {
        List<Double> sorted = figures.stream().sorted().toList();
        return sorted.get((int) (part * (sorted.size() - 1)));
    }
}
