package io.tidemark.query.exporting;

import io.tidemark.query.usage.Money;
import io.tidemark.query.usage.UsageByCustomerBody.Row;
import io.tidemark.query.usage.UsageByCustomerBody.Totals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows, added up. */
final class RowSums {
    private final Map<String, BigDecimal> cost = new TreeMap<>();
    private long customers;
    private long requests;
    private BigInteger inputTokens = BigInteger.ZERO;
    private BigInteger outputTokens = BigInteger.ZERO;
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal credits = BigDecimal.ZERO;

    void add(Row row) {
        customers++;
        requests += row.requests();
        inputTokens = inputTokens.add(row.inputTokens());
        outputTokens = outputTokens.add(row.outputTokens());
        quantity = quantity.add(orZero(row.quantity()));
        credits = credits.add(row.credits());
        row.cost().forEach(money -> cost.merge(money.currency(), money.amount(), BigDecimal::add));
    }

    /** Whether that is what they add up to, to the last digit. */
    boolean are(Totals totals) {
        return customers == totals.customers()
                && requests == totals.requests()
                && inputTokens.equals(totals.inputTokens())
                && outputTokens.equals(totals.outputTokens())
                && quantity.compareTo(orZero(totals.quantity())) == 0
                && credits.compareTo(totals.credits()) == 0
                && cost(totals.cost());
    }

    private boolean cost(List<Money> totals) {
        return cost.size() == totals.size()
                && totals.stream()
                        .allMatch(money -> cost.containsKey(money.currency())
                                && money.amount().compareTo(cost.get(money.currency())) == 0);
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
