package io.tidemark.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.query.customers.Whose;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The usage of one customer as it is sent. */
record CustomerUsageBody(
        Whose customer,
        Period period,
        long requests,
        BigInteger inputTokens,
        BigInteger outputTokens,
        BigInteger cachedInputTokens,
        BigInteger reasoningTokens,
        BigDecimal credits,
        List<Money> cost,
        List<MeterBody> meters,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ExplanationBody explain) {

    /** @param known what the directory has of the customer */
    static CustomerUsageBody of(CustomerUsage usage, Optional<Customer> known) {
        Sums all = usage.all();
        Freshness freshness = usage.freshness();
        return new CustomerUsageBody(
                new Whose(usage.externalId(), known),
                usage.period(),
                usage.requests(),
                all.inputTokens(),
                all.outputTokens(),
                all.cachedInputTokens(),
                all.reasoningTokens(),
                all.credits(),
                Money.each(all.cost()),
                usage.meters().stream().map(MeterBody::of).toList(),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position(),
                usage.explanation().map(ExplanationBody::of).orElse(null));
    }
}
