package io.tidemark.benchmarks.race;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** The median of some figures, with the least and the largest; of none, no numbers. */
record Spread(double median, double min, double max) {

    static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** With so many digits after the point. */
    String text(int digits) {
        String format = "%,." + digits + "f";
        return String.format(Locale.ROOT, format + " [" + format + "–" + format + "]", median, min, max);
    }

    /** Thousands. */
    String thousands() {
        return String.format(Locale.ROOT, "%.1f k [%.1f–%.1f]", median / 1e3, min / 1e3, max / 1e3);
    }
}
