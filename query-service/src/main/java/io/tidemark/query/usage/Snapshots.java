package io.tidemark.query.usage;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Problem;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageReadModel;
import io.tidemark.streams.reading.Wait;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A UTC month's usage so far, as the calls that are asked for it answer: from which on changes are told. */
public final class Snapshots {
    /** What is said of a customer that nobody knows. */
    public static final Problem UNKNOWN = UsageOfCustomer.UNKNOWN;

    private final UsageReadModel usage;
    private final Customers customers;

    public Snapshots(UsageReadModel usage, Customers customers) {
        this.usage = usage;
        this.customers = customers;
    }

    /**
     * The body of {@code GET /customers/{id}/usage} where a customer is named, by external id, else of {@code GET /usage/by-customer}.
     *
     * @param limit of customers
     * @param wait what it must contain
     * @return not ready where it is not complete
     */
    public Answer<Optional<Object>> of(
            String tenant, Optional<String> customer, YearMonth month, int limit, Wait wait) {
        var period = new Period(
                month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        if (customer.isPresent()) {
            Answer<CustomerUsage> answer = usage.ofCustomer(tenant, customer.get(), period, wait);
            return body(
                    answer,
                    CustomerUsage::freshness,
                    one -> CustomerUsageBody.of(one, customers.meant(tenant, customer.get(), false)));
        }
        var query = new ByCustomerQuery(
                Optional.empty(), true, Optional.empty(), Optional.empty(), false, limit, Optional.empty());
        var asked = new ByCustomerAsked(
                period,
                ZoneOffset.UTC,
                query,
                Wait.NOT,
                Map.of("period", month.toString(), "timezone", ZoneOffset.UTC.getId()));
        Answer<UsageByCustomer> answer = usage.byCustomer(tenant, period, query, wait);
        return body(answer, UsageByCustomer::freshness, page -> UsageOfAllCustomers.body(page, asked));
    }

    private static <T> Answer<Optional<Object>> body(
            Answer<T> answer, Function<T, Freshness> freshness, Function<T, Object> body) {
        return answer.fold(new Answer.Cases<>(
                found -> freshness.apply(found).complete()
                        ? new Answer.Found<>(Optional.of(body.apply(found)))
                        : new Answer.NotReady<>(Answer.Reason.MOVING, "not all partitions can be read now"),
                Answer.NotFound::new,
                Answer.NotReady::new,
                Answer.Unclear::new));
    }
}
