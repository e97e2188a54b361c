package io.tidemark.streams.reading;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Exact sums over some readings.
 *
 * @param count how many events
 * @param quantity in the meter's own unit; the count where the readings are requests
 * @param cost by ISO 4217 currency, in units of it; empty where no event named a currency
 */
public record Sums(
        long count,
        BigInteger inputTokens,
        BigInteger outputTokens,
        BigInteger cachedInputTokens,
        BigInteger reasoningTokens,
        BigDecimal quantity,
        BigDecimal credits,
        SortedMap<String, BigDecimal> cost) {

    /** The sums over nothing. */
    public static final Sums NONE = new Sums(
            0,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            Collections.emptySortedMap());

    public Sums {
        cost = Collections.unmodifiableSortedMap(new TreeMap<>(cost));
    }

    /** These and the other's together. */
    public Sums plus(Sums other) {
        var costs = new TreeMap<>(cost);
        for (Map.Entry<String, BigDecimal> entry : other.cost.entrySet()) {
            costs.merge(entry.getKey(), entry.getValue(), BigDecimal::add);
        }
        return new Sums(
                Math.addExact(count, other.count),
                inputTokens.add(other.inputTokens),
                outputTokens.add(other.outputTokens),
                cachedInputTokens.add(other.cachedInputTokens),
                reasoningTokens.add(other.reasoningTokens),
                quantity.add(other.quantity),
                credits.add(other.credits),
                costs);
    }
}
