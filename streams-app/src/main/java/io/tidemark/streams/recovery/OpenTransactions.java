package io.tidemark.streams.recovery;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** What Kafka says of transactions and of who is in the group, and how a transaction is ended. */
interface OpenTransactions {
    /**
     * The transactions that are neither committed nor taken back yet.
     *
     * @param atLeast how long they must be open to be told
     * @return by transactional id, the producer's id
     */
    Map<String, Long> open(Duration atLeast);

    /** The client ids of those who are in the group now. */
    Collection<String> members();

    /** Takes back what is open under these ids, and lets nobody go on who wrote under them. */
    void end(Collection<String> transactionalIds);
}
