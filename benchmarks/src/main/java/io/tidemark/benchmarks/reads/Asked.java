package io.tidemark.benchmarks.reads;

import java.util.Arrays;
import java.util.Locale;

/**
 * How long some questions took, in nanoseconds, ascending.
 *
 * @param what was asked
 */
record Asked(String what, long[] took) {
    private static final double NANOS_OF_A_MILLI = 1e6;

    Asked {
        took = took.clone();
        Arrays.sort(took);
    }

    private double millis(double part) {
        return took[(int) Math.min(took.length - 1, Math.floor(part * took.length))] / NANOS_OF_A_MILLI;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f | %.1f |",
                what,
                took.length,
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }
}
