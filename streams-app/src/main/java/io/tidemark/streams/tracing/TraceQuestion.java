package io.tidemark.streams.tracing;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.Coordinates;
import java.util.Optional;

/**
 * Which event is asked about.
 *
 * @param customer by external id
 * @param source empty where none was named
 * @param at which copy of the event is meant, by where it was first appended; empty: whichever was counted
 */
public record TraceQuestion(String tenant, String customer, String source, String id, Optional<Coordinates> at) {

    /** The partition in which the customer's events are counted. */
    int home(int partitions) {
        return new EventKey(tenant, customer).partition(partitions);
    }
}
