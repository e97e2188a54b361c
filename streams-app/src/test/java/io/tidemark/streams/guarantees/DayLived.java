package io.tidemark.streams.guarantees;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What one simulated day took.
 *
 * @param byCustomer nanoseconds of a read of all customers, median of some
 * @param ofCustomer the same of one customer
 * @param longestPunctuation nanoseconds of everything that is done once a second, the longest of the day
 * @param mostDeletedAtOnce pages and ids that went in one punctuation at most
 * @param deleted pages and ids that went in all
 * @param steppedOver tombstones that one read of each kind stepped over
 */
record DayLived(
        long byCustomer,
        long ofCustomer,
        long longestPunctuation,
        int mostDeletedAtOnce,
        int deleted,
        long steppedOver) {
    private static final int SPAN = 20;
    private static final double MICROS = 1_000;

    static double median(List<DayLived> days, ToLongFunction<DayLived> of) {
        return quantile(days, of, 0.5);
    }

    private static double quantile(List<DayLived> days, ToLongFunction<DayLived> of, double share) {
        long[] sorted = days.stream().mapToLong(of).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }

    /** Lines of a table: median and p99 of each span of days. */
    static List<String> figures(List<DayLived> days) {
        var lines = new ArrayList<String>();
        for (int from = 0; from < days.size(); from += SPAN) {
            List<DayLived> some = days.subList(from, Math.min(days.size(), from + SPAN));
            lines.add(String.format(
                    Locale.ROOT,
                    "days %d-%d | by customer %s | one customer %s | punctuation %s | deleted %d | stepped over %d",
                    from + 1,
                    from + some.size(),
                    times(some, DayLived::byCustomer),
                    times(some, DayLived::ofCustomer),
                    times(some, DayLived::longestPunctuation),
                    some.stream().mapToInt(DayLived::deleted).sum(),
                    some.stream().mapToLong(DayLived::steppedOver).max().orElse(0)));
        }
        return lines;
    }

    private static String times(List<DayLived> days, ToLongFunction<DayLived> of) {
        return String.format(
                Locale.ROOT, "%.0f / %.0f us", quantile(days, of, 0.5) / MICROS, quantile(days, of, 0.99) / MICROS);
    }
}
