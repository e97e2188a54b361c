package io.tidemark.benchmarks.course;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws customers by their shares. */
final class Customers {
    private final double[] shares;

    Customers(int customers, boolean skewed) {
        shares = IntStream.rangeClosed(1, customers)
                .mapToDouble(rank -> skewed ? 1.0 / rank : 1.0)
                .toArray();
        Arrays.parallelPrefix(shares, Double::sum);
    }

    /** From 0 on; 0 is the busiest. */
    int draw(SplittableRandom random) {
        int at = Arrays.binarySearch(shares, random.nextDouble(shares[shares.length - 1]));
        return at < 0 ? -at - 1 : at;
    }
}
