package io.tidemark.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the JMH benchmarks of this module, shortly: a few minutes for all of them. */
public final class MicroBenchmarks {
    private static final String ALL = "io.tidemark.*";

    private MicroBenchmarks() {}

    /** Runs those whose name the first word is a regular expression for; all of them without one. */
    public static void main(String[] args) throws RunnerException {
        var options = new OptionsBuilder()
                .include(args.length == 0 ? ALL : args[0])
                // Two, because the compiler decides differently from one JVM to the next.
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(4)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .build();
        new Runner(options).run();
    }
}
