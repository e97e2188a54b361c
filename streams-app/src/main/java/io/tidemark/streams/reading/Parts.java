package io.tidemark.streams.reading;

import java.util.Set;

/**
 * Asks questions of partitions, whoever holds them: this instance or others. Each partition is asked once; where some cannot be asked, the
 * freshness of the answer names them; where none can, it is {@code NotReady}.
 */
public interface Parts {

    /** Of all partitions. */
    <Q, A> Answer<Part<A>> ofAll(PartKind<Q, A> kind, Q question, Wait wait);

    /** Of the partition that a customer's usage lies in. */
    <Q, A> Answer<Part<A>> ofCustomer(PartKind<Q, A> kind, Q question, String tenant, String externalId, Wait wait);

    /** Of some partitions. */
    <Q, A> Answer<Part<A>> of(PartKind<Q, A> kind, Q question, Set<Integer> partitions, Wait wait);
}
