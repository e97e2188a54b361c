package io.tidemark.query.logs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.query.customers.Whose;
import io.tidemark.query.usage.Money;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.requestlog.Breakdown;
import io.tidemark.streams.requestlog.Label;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer's usage by labels as it is sent. */
record BreakdownBody(
        Whose customer,
        Period period,
        String source,
        LogBody log,
        List<String> groupBy,
        List<Row> data,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String position) {
    /** Where the numbers come from: single requests, and not the totals that are kept for ever. */
    private static final String SOURCE = "request_log";

    /** {@code group} has a value for each label that was asked for; null: these requests have none. */
    record Row(
            Map<String, @Nullable String> group,
            long requests,
            BigInteger inputTokens,
            BigInteger outputTokens,
            BigInteger cachedInputTokens,
            BigInteger reasoningTokens,
            BigDecimal credits,
            List<Money> cost) {}

    static BreakdownBody of(Part<Breakdown> part, List<Label> by, String externalId, Optional<Customer> known) {
        Breakdown breakdown = part.value();
        Freshness freshness = part.freshness();
        return new BreakdownBody(
                new Whose(externalId, known),
                breakdown.period(),
                SOURCE,
                LogBody.of(breakdown.log()),
                by.stream().map(LabelNames::of).toList(),
                breakdown.groups().stream().map(group -> row(by, group)).toList(),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }

    /** The same for who is not of the tenant: a position tells how many records there were, of all customers together. */
    BreakdownBody withoutPosition() {
        return new BreakdownBody(customer, period, source, log, groupBy, data, asOf, complete, missingPartitions, null);
    }

    private static Row row(List<Label> by, Breakdown.Group group) {
        var values = new LinkedHashMap<String, @Nullable String>();
        for (int i = 0; i < by.size(); i++) {
            String value = group.labels().get(i);
            values.put(LabelNames.of(by.get(i)), value.isEmpty() ? null : value);
        }
        Sums sums = group.sums();
        return new Row(
                values,
                sums.count(),
                sums.inputTokens(),
                sums.outputTokens(),
                sums.cachedInputTokens(),
                sums.reasoningTokens(),
                sums.credits(),
                Money.each(sums.cost()));
    }
}
