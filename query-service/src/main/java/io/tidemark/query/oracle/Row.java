package io.tidemark.query.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;

/**
 * What one customer used of one meter, in one currency, in one minute.
 *
 * @param minute its first instant, UTC
 * @param currency ISO 4217; empty where the events had none
 * @param quantity in the meter's own unit; for requests their count
 */
public record Row(
        String customer,
        Instant minute,
        String kind,
        String meter,
        String currency,
        long count,
        long inputTokens,
        long outputTokens,
        long cachedInputTokens,
        long reasoningTokens,
        BigDecimal quantity,
        BigDecimal credits,
        BigDecimal cost) {

    /** The order in which a file holds them. */
    public static final Comparator<Row> ORDER = Comparator.comparing(Row::customer)
            .thenComparing(Row::minute)
            .thenComparing(Row::kind)
            .thenComparing(Row::meter)
            .thenComparing(Row::currency);

    /** Both together; they are of the same series. */
    Row plus(Row other) {
        return new Row(
                customer,
                minute,
                kind,
                meter,
                currency,
                count + other.count,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cachedInputTokens + other.cachedInputTokens,
                reasoningTokens + other.reasoningTokens,
                quantity.add(other.quantity),
                credits.add(other.credits),
                cost.add(other.cost));
    }

    Row negated() {
        return new Row(
                customer,
                minute,
                kind,
                meter,
                currency,
                -count,
                -inputTokens,
                -outputTokens,
                -cachedInputTokens,
                -reasoningTokens,
                quantity.negate(),
                credits.negate(),
                cost.negate());
    }
}
