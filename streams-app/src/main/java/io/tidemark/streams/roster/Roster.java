package io.tidemark.streams.roster;

import io.tidemark.streams.directory.Customer;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The customers of every tenant, as they were a moment ago. Deleted ones are found by their ids, but are in no list and have
 * no e-mail address; inactive ones are like any other.
 */
public interface Roster {

    Optional<Customer> byId(String tenant, UUID id);

    Optional<Customer> byExternalId(String tenant, String externalId);

    /** The customer that has an e-mail address, in any spelling of it. */
    Optional<Customer> byEmail(String tenant, String email);

    RosterPage list(String tenant, RosterQuery query);

    /**
     * Waits until it holds that version of a customer or a later one.
     *
     * @return whether that came in time
     */
    boolean await(String tenant, String externalId, long version, Duration atMost) throws InterruptedException;

    /**
     * Waits until it holds all that lies in {@code customers} up to a position, which may say nothing of it.
     *
     * @param position a token; one that is none is nothing to wait for
     * @return whether that came in time
     */
    boolean awaitPosition(String position, Duration atMost) throws InterruptedException;

    /** Whether it holds every customer that there was when this instance started. Until then, absence means nothing. */
    boolean isCaughtUp();
}
