package io.tidemark.benchmarks.contestants;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.measuring.Committed;
import io.tidemark.benchmarks.measuring.Directories;
import io.tidemark.benchmarks.measuring.Figures;
import io.tidemark.benchmarks.measuring.Lane;
import io.tidemark.benchmarks.measuring.Stopwatch;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * T, Tidemark as {@code serve} wires it, without its HTTP door: exactly once, ids kept for 35 days, customers registered, the feed told. Its
 * defaults, but for a single replica and how much is fetched at once, and that requests are not kept: nobody else keeps them. {@link ShippedWithLog} does.
 */
public final class Shipped {
    private static final String APPLICATION = "tidemark";
    private static final int THREADS = 2;

    private Shipped() {}

    public static void main(String[] words) throws Exception {
        run(words, Retention.DEFAULT.withRequests(Duration.ZERO));
    }

    static void run(String[] words, Retention keep) throws Exception {
        var lane = Lane.of(words);
        lane.finish(run(lane, keep));
        // Clients that are still being closed must not hold up the next contestant.
        Runtime.getRuntime().halt(0);
    }

    private static Figures run(Lane lane, Retention keep) throws Exception {
        Path state = lane.directory().resolve("state");
        var stopwatch = Stopwatch.of(lane);
        try (var committed = new Committed(lane)) {
            Counted counted;
            var metrics = new SimpleMeterRegistry();
            try (var app = MeteringApp.start(settings(lane, state, keep), Clock.systemUTC())) {
                app.bindTo(metrics);
                committed.time(APPLICATION, stopwatch);
                counted = new ShippedTotals(app, metrics, lane.course()).read();
            }
            metrics.close();
            long logged = committed.changelogBytes(APPLICATION);
            return stopwatch.figures(counted, logged, Directories.bytes(state));
        }
    }

    private static MeteringSettings settings(Lane lane, Path state, Retention keep) {
        Map<String, String> fetch = new HashMap<>();
        lane.fetch().consumer().forEach((name, value) -> fetch.put("main.consumer." + name, value));
        return new MeteringSettings(
                new Connection(lane.kafka(), lane.registry(), fetch, Map.of()),
                APPLICATION,
                "tidemark.",
                lane.course().partitions(),
                1,
                true,
                state,
                THREADS,
                0,
                lane.commit(),
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                keep,
                Set.copyOf(lane.course().mix().allTenants()),
                false,
                Duration.ofSeconds(6));
    }
}
