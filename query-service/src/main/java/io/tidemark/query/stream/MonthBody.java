package io.tidemark.query.stream;

import io.tidemark.query.customers.Whose;
import io.tidemark.query.usage.MeterBody;
import io.tidemark.query.usage.Money;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.feed.Change;
import io.tidemark.streams.feed.MonthUsage;
import io.tidemark.streams.reading.Sums;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A customer's month as it is told. */
record MonthBody(
        Whose customer,
        String month,
        long requests,
        BigInteger inputTokens,
        BigInteger outputTokens,
        BigInteger cachedInputTokens,
        BigInteger reasoningTokens,
        BigDecimal credits,
        List<Money> cost,
        List<MeterBody> meters,
        long version,
        Instant asOf,
        String position) {

    /** One that was taken back. */
    record Gone(String externalId, String month) {}

    static MonthBody of(Change change, MonthUsage usage, Optional<Customer> known) {
        Sums all = usage.all();
        return new MonthBody(
                new Whose(change.externalId(), known),
                change.month().toString(),
                usage.requests(),
                all.inputTokens(),
                all.outputTokens(),
                all.cachedInputTokens(),
                all.reasoningTokens(),
                all.credits(),
                Money.each(all.cost()),
                usage.meters().stream().map(MeterBody::of).toList(),
                usage.version(),
                usage.asOf(),
                usage.position());
    }
}
