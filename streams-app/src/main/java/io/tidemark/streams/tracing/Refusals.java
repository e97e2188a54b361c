package io.tidemark.streams.tracing;

import java.util.List;

/** What a partition has refused. */
@FunctionalInterface
public interface Refusals {

    /**
     * What was refused of events of that identity, as far as it is still known.
     *
     * @throws io.tidemark.streams.hot.HotReads.NotServed when the partition cannot be read here now
     */
    List<Refusal> of(int partition, String tenant, String customer, String source, String id);
}
