package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns the amounts of a series, in stored units, into the sums of an answer. */
final class SeriesSums {
    private static final int SCALE = 9;

    private SeriesSums() {}

    static Sums of(Series series, Amounts amounts) {
        return series.kind() == EventKind.REQUEST ? ofRequests(series, amounts) : ofUsage(series, amounts);
    }

    private static Sums ofRequests(Series series, Amounts amounts) {
        BigInteger count = amounts.get(Amounts.OfRequest.COUNT);
        return new Sums(
                count.longValueExact(),
                amounts.get(Amounts.OfRequest.INPUT_TOKENS),
                amounts.get(Amounts.OfRequest.OUTPUT_TOKENS),
                amounts.get(Amounts.OfRequest.CACHED_INPUT_TOKENS),
                amounts.get(Amounts.OfRequest.REASONING_TOKENS),
                new BigDecimal(count),
                decimal(amounts, Amounts.OfRequest.CREDITS),
                cost(series, amounts, Amounts.OfRequest.COST));
    }

    private static Sums ofUsage(Series series, Amounts amounts) {
        return new Sums(
                amounts.get(Amounts.OfUsage.COUNT).longValueExact(),
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                BigInteger.ZERO,
                decimal(amounts, Amounts.OfUsage.QUANTITY),
                decimal(amounts, Amounts.OfUsage.CREDITS),
                cost(series, amounts, Amounts.OfUsage.COST));
    }

    private static SortedMap<String, BigDecimal> cost(Series series, Amounts amounts, int slot) {
        var cost = new TreeMap<String, BigDecimal>();
        if (!series.currency().isEmpty()) {
            cost.put(series.currency(), decimal(amounts, slot));
        }
        return cost;
    }

    private static BigDecimal decimal(Amounts amounts, int slot) {
        return new BigDecimal(amounts.get(slot), SCALE);
    }
}
