package io.tidemark.streams.requestlog;

import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.TreeMap;

/** Adds requests up as pages do, exactly. */
final class Tally {
    private long requests;
    private BigInteger inputTokens = BigInteger.ZERO;
    private BigInteger outputTokens = BigInteger.ZERO;
    private BigInteger cachedInputTokens = BigInteger.ZERO;
    private BigInteger reasoningTokens = BigInteger.ZERO;
    private BigDecimal credits = BigDecimal.ZERO;
    private final TreeMap<String, BigDecimal> cost = new TreeMap<>();

    void add(WholeRequest request) {
        requests++;
        inputTokens = plus(inputTokens, request.inputTokens());
        outputTokens = plus(outputTokens, request.outputTokens());
        cachedInputTokens = plus(cachedInputTokens, request.cachedInputTokens());
        reasoningTokens = plus(reasoningTokens, request.reasoningTokens());
        credits = credits.add(request.credits());
        // A currency alone is no cost.
        if (request.cost().signum() != 0) {
            cost.merge(request.currency(), request.cost(), BigDecimal::add);
        }
    }

    private static BigInteger plus(BigInteger sum, long value) {
        return value == 0 ? sum : sum.add(BigInteger.valueOf(value));
    }

    Sums sums() {
        return new Sums(
                requests,
                inputTokens,
                outputTokens,
                cachedInputTokens,
                reasoningTokens,
                BigDecimal.valueOf(requests),
                credits,
                cost);
    }
}
