package io.tidemark.query;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Explanation;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A read model that remembers what it was asked and answers what it was told. */
public final class FakeUsage implements UsageReadModel {
    public record Asked(String tenant, String externalId, Period period, Wait waiting) {}

    public record AskedForAll(String tenant, Period period, ByCustomerQuery query, Wait waiting) {}

    public static final Freshness FRESH =
            new Freshness(Instant.parse("2026-10-20T12:34:56.123Z"), List.of(), "a-position");
    public static final Sums SUMS = new Sums(
            3,
            new BigInteger("12345678901234567890"),
            BigInteger.TEN,
            BigInteger.ZERO,
            BigInteger.ONE,
            new BigDecimal("3"),
            new BigDecimal("1.250000000"),
            new TreeMap<>(Map.of(
                    "USD",
                    new BigDecimal("0.004200000"),
                    "EUR",
                    new BigDecimal("12345678901234567890123456789.000000001"))));

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    public final List<AskedForAll> askedForAll = new CopyOnWriteArrayList<>();
    private volatile Optional<Answer<CustomerUsage>> ofCustomer = Optional.empty();
    private volatile Function<AskedForAll, Answer<UsageByCustomer>> byCustomer =
            asked -> new Answer.Found<>(rows(asked.period(), asked.query(), "c1", "c2"));
    private volatile boolean explains = true;
    private volatile Optional<Throwable> failure = Optional.empty();

    public void answers(Answer<CustomerUsage> answer) {
        ofCustomer = Optional.of(answer);
    }

    public void answersForAll(Answer<UsageByCustomer> answer) {
        byCustomer = asked -> answer;
    }

    /** From now on, with what is made of each question. */
    public void answersForAllWith(Function<AskedForAll, Answer<UsageByCustomer>> answers) {
        byCustomer = answers;
    }

    public void failsWith(Throwable bug) {
        failure = Optional.of(bug);
    }

    /** As a release that knew no explanations. */
    public void explainsNothing() {
        explains = false;
    }

    private static void sneak(Throwable bug) {
        if (bug instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) bug;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait) {
        failure.ifPresent(FakeUsage::sneak);
        asked.add(new Asked(tenant, externalId, period, wait));
        return ofCustomer.orElseGet(() -> new Answer.Found<>(new CustomerUsage(
                externalId,
                period,
                3,
                SUMS,
                List.of(
                        new MeterUsage(EventKind.REQUEST, "requests", SUMS),
                        new MeterUsage(EventKind.USAGE, "gb", Sums.NONE)),
                FRESH)));
    }

    /** What one page has in it, of which it is not known how many events were late. */
    public static Explanation explanation(Period asked) {
        var page = new Explanation.UsedPage(
                "day",
                new Period(Instant.parse("2026-10-20T00:00:00Z"), Instant.parse("2026-10-21T00:00:00Z")),
                new Explanation.Slots(4, 96, 2),
                EventKind.REQUEST,
                "requests",
                "USD",
                SUMS,
                new Explanation.Events(
                        Optional.of(Instant.parse("2026-10-20T12:34:56Z")), Optional.empty(), Optional.empty()));
        return new Explanation(
                asked,
                List.of(page),
                Explanation.Beyond.NOTHING,
                List.of(new Explanation.Handled("tidemark.requests", 3, 41)),
                Optional.of(Instant.parse("2026-09-12T00:00:00Z")),
                Optional.empty());
    }

    @Override
    public Answer<CustomerUsage> explain(String tenant, String externalId, Period period, Wait wait) {
        Answer<CustomerUsage> plain = ofCustomer(tenant, externalId, period, wait);
        return explains && plain instanceof Answer.Found<CustomerUsage> found
                ? new Answer.Found<>(new CustomerUsage(
                        externalId,
                        period,
                        found.value().requests(),
                        found.value().all(),
                        found.value().meters(),
                        found.value().freshness(),
                        Optional.of(explanation(period))))
                : plain;
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait) {
        var question = new AskedForAll(tenant, period, query, wait);
        askedForAll.add(question);
        return byCustomer.apply(question);
    }

    /** Rows of the values 1, 2, … of a total of 3, with more to come. */
    public static UsageByCustomer rows(Period period, ByCustomerQuery query, String... ids) {
        var rows = new ArrayList<UsageByCustomer.Row>();
        for (String id : ids) {
            rows.add(new UsageByCustomer.Row(
                    id, Optional.empty(), Optional.empty(), 2, SUMS, new BigDecimal(rows.size() + 1)));
        }
        var sort = query.sortBy().orElse(ByCustomerQuery.SortBy.COST);
        return new UsageByCustomer(period, sort, rows, SUMS, 4, new BigDecimal("3"), 7, 0, true, FRESH);
    }
}
