package io.tidemark.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The usage of a tenant's customers as it is sent.
 *
 * @param totals null where rows alone were asked for, and so is {@code excluded}
 */
public record UsageByCustomerBody(
        List<Row> data,
        @Nullable Totals totals,
        @Nullable Long excluded,
        Period period,
        String timezone,
        Sort sort,
        Meta meta,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    private static final int SHARE_DIGITS = 6;

    /** {@code quantity} is there only where one meter was asked for: unlike units do not add up. */
    public record Row(
            @Nullable String customerId,
            String externalId,
            @Nullable String name,
            long requests,
            BigInteger inputTokens,
            BigInteger outputTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal quantity,

            BigDecimal credits,
            List<Money> cost,
            @Nullable String share) {}

    public record Totals(
            long customers,
            long requests,
            BigInteger inputTokens,
            BigInteger outputTokens,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal quantity,

            BigDecimal credits,
            List<Money> cost) {}

    public record Sort(String by, String dir) {}

    public record Meta(@Nullable String nextCursor) {}

    static UsageByCustomerBody of(UsageByCustomer usage, ByCustomerAsked asked, Optional<String> next) {
        Freshness freshness = usage.freshness();
        boolean oneMeter = asked.query().meter().isPresent();
        return new UsageByCustomerBody(
                usage.rows().stream().map(row -> row(row, usage, oneMeter)).toList(),
                asked.query().rowsOnly() ? null : totals(usage, oneMeter),
                asked.query().rowsOnly() ? null : usage.excluded(),
                usage.period(),
                asked.zone().getId(),
                new Sort(SortNames.of(usage.sortedBy()), asked.query().descending() ? "desc" : "asc"),
                new Meta(next.orElse(null)),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }

    private static Row row(UsageByCustomer.Row row, UsageByCustomer usage, boolean oneMeter) {
        Sums sums = row.sums();
        return new Row(
                row.id().map(UUID::toString).orElse(null),
                row.externalId(),
                row.name().orElse(null),
                row.requests(),
                sums.inputTokens(),
                sums.outputTokens(),
                oneMeter ? sums.quantity() : null,
                sums.credits(),
                Money.each(sums.cost()),
                share(row.value(), usage));
    }

    private static Totals totals(UsageByCustomer usage, boolean oneMeter) {
        Sums sums = usage.totals();
        return new Totals(
                usage.customers(),
                usage.totalRequests(),
                sums.inputTokens(),
                sums.outputTokens(),
                oneMeter ? sums.quantity() : null,
                sums.credits(),
                Money.each(sums.cost()));
    }

    /** Of nothing there is no share, nor of names. */
    private static @Nullable String share(BigDecimal value, UsageByCustomer usage) {
        boolean none = usage.totalValue().signum() == 0 || usage.sortedBy() == SortBy.EXTERNAL_ID;
        return none
                ? null
                : value.divide(usage.totalValue(), SHARE_DIGITS, RoundingMode.HALF_UP)
                        .toPlainString();
    }
}
