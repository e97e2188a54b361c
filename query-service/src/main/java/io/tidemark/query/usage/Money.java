package io.tidemark.query.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** An amount in its ISO 4217 currency. */
public record Money(String currency, BigDecimal amount) {

    /** One for each currency, in the map's order. */
    public static List<Money> each(Map<String, BigDecimal> amounts) {
        return amounts.entrySet().stream()
                .map(entry -> new Money(entry.getKey(), entry.getValue()))
                .toList();
    }
}
