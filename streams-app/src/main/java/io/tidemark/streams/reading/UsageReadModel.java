package io.tidemark.streams.reading;

/** Totals of any period, as everything counted up to {@link Freshness#asOf} makes them. */
public interface UsageReadModel {

    /** The usage of one customer; {@code NotFound} when no event of it was ever counted and nobody else knows it. */
    Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait);

    /** The same, and what it was made of. */
    Answer<CustomerUsage> explain(String tenant, String externalId, Period period, Wait wait);

    /** The usage of all customers of a tenant. */
    Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait);
}
