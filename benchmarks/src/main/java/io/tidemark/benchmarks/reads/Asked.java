package io.tidemark.benchmarks.reads;

import java.util.List;
import java.util.Locale;

/**
 * How long some questions took, in nanoseconds, ascending.
 *
 * @param what was asked
 */
record Asked(String what, List<Long> took) {
    private static final double NANOS_OF_A_MILLI = 1e6;

    Asked {
        took = took.stream().sorted().toList();
    }

    double millis(double part) {
        return took.get((int) Math.min(took.size() - 1, Math.floor(part * took.size()))) / NANOS_OF_A_MILLI;
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.1f | %.1f | %.1f |",
                what,
                took.size(),
                millis(0.5),
                millis(0.9),
                millis(0.99),
                millis(1));
    }
}
