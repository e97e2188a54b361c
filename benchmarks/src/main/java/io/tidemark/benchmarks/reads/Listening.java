package io.tidemark.benchmarks.reads;

import io.tidemark.benchmarks.course.CourseLayer;
import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.measuring.Directories;
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
import org.jspecify.annotations.Nullable;

/**
 * What listeners cost: one process counts, as fast as it can, events of 100,000 customers of one tenant that lie there already; in turn nobody listens, many listen to one customer each, and many
 * to all. Rates are of slices of one run, each of which begins some seconds after listeners came or went. Writes {@code listening.md}.
 */
public final class Listening {
    private static final long EVENTS = Long.getLong("bench.events", 6_000_000);
    private static final int MANY = Integer.getInteger("bench.listeners", 1_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 4);
    private static final Duration SLICE = Duration.ofSeconds(Integer.getInteger("bench.seconds", 15));
    private static final Duration SETTLING = Duration.ofSeconds(4);
    private static final Duration WARMING = Duration.ofSeconds(30);
    private static final Path RESULTS = Path.of(System.getProperty("bench.results", "target/bench"));

    private final List<String> lines = new ArrayList<>();
    private final Map<Kind, List<Double>> rates = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> bytes = new EnumMap<>(Kind.class);

    private Listening() {}

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
        Files.createDirectories(RESULTS);
        Path scratch = Files.createTempDirectory("tidemark-listening");
        Path broker = Files.createDirectories(scratch.resolve("broker"));
        var java = new JavaCommand(System.getProperty("java.class.path"));
        try (var ground = GroundProcess.start(java, broker)) {
            new CourseLayer(ground.connection()).lay(Mix.ONE10, EVENTS, 1, Instant.now());
            try (var served = ServedProcess.start(
                            java,
                            ground.connection(),
                            scratch.resolve("state"),
                            Duration.ofMillis(200),
                            RESULTS.resolve("listening-serve.log"));
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
            keys.add(asker.key(Mix.ONE10.allTenants().get(0)));
        }
        Thread.sleep(WARMING.toMillis());
        for (int round = 0; round < ROUNDS; round++) {
            slice(Kind.NOBODY, URI.create(served.url()), keys, asker);
            slice(Kind.ALL, URI.create(served.url()), keys, asker);
        }
        slice(Kind.NOBODY, URI.create(served.url()), keys, asker);
        // Last: of clients that are gone and are sent nothing, nobody hears for half a minute.
        slice(Kind.ONE_EACH, URI.create(served.url()), keys, asker);
        say(
                "%,d events of 100,000 customers; %d slices of %d s each; %,d listeners.",
                EVENTS, ROUNDS, SLICE.toSeconds(), MANY);
        say("");
        say("| Listening | events/s, median | each | of nobody's | sent, MB/s |");
        say("|---|---|---|---|---|");
        for (Kind kind : Kind.values()) {
            say(
                    "| %s | %,.0f | %s | %.3f | %.2f |",
                    kind.words,
                    median(kind),
                    ratesOf(kind).stream()
                            .map(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                            .toList(),
                    median(kind) / median(Kind.NOBODY),
                    bytes.getOrDefault(kind, 0L) / 1e6 / ratesOf(kind).size() / SLICE.toSeconds());
        }
        Files.write(RESULTS.resolve("listening.md"), lines);
    }

    private void slice(Kind kind, URI instance, List<String> keys, Asker asker)
            throws IOException, InterruptedException {
        IntFunction<String> query =
                kind == Kind.ALL ? i -> "" : i -> "&external_customer_id=customer_" + i * 37 % 100_000;
        @Nullable Crowd crowd = kind == Kind.NOBODY ? null : Crowd.of(MANY, instance, keys, query);
        try {
            Thread.sleep(SETTLING.toMillis());
            long sent = crowd == null ? 0 : crowd.bytes();
            long before = Reads.handled(asker);
            long began = System.nanoTime();
            Thread.sleep(SLICE.toMillis());
            long counted = Reads.handled(asker) - before;
            ratesOf(kind).add(counted * 1e9 / (System.nanoTime() - began));
            if (crowd != null) {
                bytes.merge(kind, crowd.bytes() - sent, Long::sum);
                if (crowd.ended() > 0) {
                    throw new IllegalStateException(crowd.ended() + " were sent away or refused");
                }
            }
            if (counted == 0 || Reads.handled(asker) >= EVENTS) {
                throw new IllegalStateException("all is counted: more events are needed; slices so far: " + rates);
            }
        } finally {
            if (crowd != null) {
                crowd.close();
            }
        }
    }

    private List<Double> ratesOf(Kind kind) {
        return rates.computeIfAbsent(kind, none -> new ArrayList<>());
    }

    private double median(Kind kind) {
        List<Double> sorted = ratesOf(kind).stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private void say(String text, Object... values) {
        String line = String.format(Locale.ROOT, text, values);
        lines.add(line);
        System.out.println(line);
    }
}
