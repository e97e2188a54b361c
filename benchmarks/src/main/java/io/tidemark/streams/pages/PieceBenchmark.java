package io.tidemark.streams.pages;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From a period to the pages that are asked for it: thirty days with both bounds on odd minutes, which takes the most of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PieceBenchmark {
    private static final long DAYS = 30;

    private long from = 29_500_007;

    @Benchmark
    public Object thirtyDays() {
        return Piece.cut(from, from + DAYS * Granularity.MINUTES_OF_DAY);
    }
}
