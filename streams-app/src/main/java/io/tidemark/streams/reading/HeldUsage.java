package io.tidemark.streams.reading;

import java.util.Set;

/** What this instance alone can say: of the partitions it counts, and of those it keeps a good copy of. */
public interface HeldUsage {

    /** The usage of one customer; {@code MOVING} when its partition is not held here. */
    Answer<CustomerUsage> ofCustomer(CustomerQuestion question);

    /**
     * The usage of all customers of some partitions, sorted and cut as asked for; {@code MOVING} when none of them is held here. Its freshness
     * names those of them that are missing, and no others. Never {@link Answer.Unclear}: only all parts together can be.
     */
    Answer<UsageByCustomer> byCustomer(PartQuestion question);

    /**
     * What one customer used.
     *
     * @param explain whether to say what the answer was made of
     */
    record CustomerQuestion(String tenant, String externalId, Period period, boolean explain, Wait waiting) {

        /** The same, asked by somebody who has less time. */
        public CustomerQuestion within(Wait left) {
            return new CustomerQuestion(tenant, externalId, period, explain, left);
        }
    }

    /** What the customers of some partitions used. */
    record PartQuestion(String tenant, Period period, ByCustomerQuery query, Set<Integer> partitions, Wait waiting) {

        public PartQuestion {
            partitions = Set.copyOf(partitions);
        }

        /** The same of other partitions, asked by somebody who has less time. */
        public PartQuestion of(Set<Integer> others, Wait left) {
            return new PartQuestion(tenant, period, query, others, left);
        }

        /** The same, with nothing left to the data: its period and its order. */
        public PartQuestion pinned(Period all, ByCustomerQuery.SortBy sortBy) {
            return new PartQuestion(tenant, all, query.sortedBy(sortBy), partitions, waiting);
        }
    }
}
