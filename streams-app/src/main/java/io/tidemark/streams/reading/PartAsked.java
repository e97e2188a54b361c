package io.tidemark.streams.reading;

import java.util.Set;

/** A question to some partitions, and how long it may wait. */
public record PartAsked<Q>(Q question, Set<Integer> partitions, Wait waiting) {

    public PartAsked {
        partitions = Set.copyOf(partitions);
    }

    /** The same of other partitions, asked by somebody who has less time. */
    public PartAsked<Q> of(Set<Integer> others, Wait left) {
        return new PartAsked<>(question, others, left);
    }
}
