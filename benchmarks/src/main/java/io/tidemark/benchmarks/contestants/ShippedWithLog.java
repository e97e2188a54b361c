package io.tidemark.benchmarks.contestants;

import io.tidemark.streams.MeteringSettings.Retention;

/** TL, {@link Shipped} with its request log, as it comes: beside T it says what that costs. */
public final class ShippedWithLog {
    private ShippedWithLog() {}

    public static void main(String[] words) throws Exception {
        Shipped.run(words, Retention.DEFAULT);
    }
}
