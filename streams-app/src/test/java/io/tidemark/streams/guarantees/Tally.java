package io.tidemark.streams.guarantees;

import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/** Sums, one event at a time. */
final class Tally {
    long requests;
    BigDecimal credits = BigDecimal.ZERO;
    BigDecimal quantity = BigDecimal.ZERO;
    final Map<String, BigDecimal> cost = new TreeMap<>();
    private long count;
    private final BigInteger[] tokens = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};

    void add(Told told) {
        count++;
        credits = credits.add(told.credits);
        if (told.usage) {
            quantity = quantity.add(told.quantity);
        } else {
            requests++;
            quantity = quantity.add(BigDecimal.ONE);
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = tokens[i].add(BigInteger.valueOf(told.tokens[i]));
            }
        }
        String currency = told.costCurrency();
        if (!currency.isEmpty()) {
            cost.merge(currency, told.cost, BigDecimal::add);
        }
    }

    BigDecimal costOfAll() {
        return cost.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    boolean equalTo(Sums sums) {
        return count == sums.count()
                && tokens[0].equals(sums.inputTokens())
                && tokens[1].equals(sums.outputTokens())
                && tokens[2].equals(sums.cachedInputTokens())
                && tokens[3].equals(sums.reasoningTokens())
                && quantity.compareTo(sums.quantity()) == 0
                && credits.compareTo(sums.credits()) == 0
                && cost.keySet().equals(sums.cost().keySet())
                && cost.entrySet().stream()
                        .allMatch(
                                entry -> entry.getValue().compareTo(sums.cost().get(entry.getKey())) == 0);
    }

    @Override
    public String toString() {
        return "count=" + count + " requests=" + requests + " tokens=" + java.util.Arrays.toString(tokens)
                + " quantity=" + quantity + " credits=" + credits + " cost=" + cost;
    }
}
