package io.tidemark.benchmarks.race;

import io.tidemark.benchmarks.course.Mix;
import io.tidemark.benchmarks.measuring.Fetch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is run: the system properties {@code bench.*}, as {@code docs/benchmarks.md} lists them.
 *
 * @param events how many of each mix
 * @param seed of the events; the same seed makes the same ones
 * @param commitMillis how often contestants commit that do it by time
 * @param heap of a contestant, as {@code -Xmx} takes it
 * @param classPath of contestants
 * @param peersClassPath of contestants with libraries of their own
 * @param results where the report is written
 * @param least what events a second of T over those of A may not fall below; no further round is run once they do not; 0 where that is no matter
 */
record Plan(
        List<Mix> mixes,
        List<Fetch> fetches,
        Map<Mix, Long> events,
        int rounds,
        List<Contestant> contestants,
        long seed,
        long commitMillis,
        String heap,
        String classPath,
        String peersClassPath,
        Path results,
        double least) {
    private static final String PREFIX = "bench.";

    static Plan ofSystemProperties() {
        List<Mix> mixes = all("mixes", "Z10", Mix::valueOf);
        String own = System.getProperty("java.class.path");
        return new Plan(
                mixes,
                all("fetches", "BULK", Fetch::valueOf),
                events(mixes, text("events", "500000")),
                Integer.parseInt(text("rounds", "3")),
                all("contestants", "A,B,T", Contestant::valueOf),
                Long.parseLong(text("seed", "20261128")),
                Long.parseLong(text("commit", "200")),
                text("heap", "3g"),
                text("classpath", own),
                text("peers.classpath", own),
                Path.of(text("results", "target/bench")),
                Double.parseDouble(text("least", "0")));
    }

    private static String text(String name, String otherwise) {
        String given = System.getProperty(PREFIX + name, "");
        return given.isBlank() ? otherwise : given.trim();
    }

    private static <T> List<T> all(String name, String otherwise, Function<String, T> one) {
        return Arrays.stream(text(name, otherwise).split(",", -1))
                .map(String::trim)
                .map(one)
                .toList();
    }

    /** One number for all mixes, or {@code Z10:6000000,Z30:2000000}. */
    private static Map<Mix, Long> events(List<Mix> mixes, String given) {
        if (!given.contains(":")) {
            return mixes.stream().collect(Collectors.toMap(mix -> mix, mix -> Long.parseLong(given)));
        }
        return Arrays.stream(given.split(",", -1))
                .map(one -> one.split(":", -1))
                .collect(Collectors.toMap(one -> Mix.valueOf(one[0].trim()), one -> Long.parseLong(one[1].trim())));
    }

    long eventsOf(Mix mix) {
        Long wanted = events.get(mix);
        if (wanted == null) {
            throw new IllegalArgumentException("bench.events does not say how many of " + mix);
        }
        return wanted;
    }
}
