package io.tidemark.streams.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys and the tenants there are. Reads are of this instance's memory and never wait. A change returns once it is on every
 * in-sync replica and in this instance's memory; the other instances have it a moment later.
 */
public interface Access {

    Optional<ApiKey> keyOfHash(String hash);

    Optional<ApiKey> key(String id);

    /** All, also those that ended; the oldest first. */
    List<ApiKey> keys();

    /** The links to one customer, also those that ended; the oldest first. */
    List<ApiKey> links(String tenant, UUID customer);

    /** How many links of a tenant are taken at that moment. */
    int livingLinks(String tenant, Instant now);

    Optional<Tenant> tenant(String name);

    /** By name. */
    List<Tenant> tenants();

    /** Whether there is such a tenant, or was a key of it. */
    boolean knowsTenant(String name);

    /**
     * Adds a key, or changes what is said of one.
     *
     * @throws ChangeFailed when it is not certain to be kept
     */
    void put(ApiKey key);

    /**
     * Ends a key for ever: nothing that is put later, here or elsewhere, brings it back. A link for as long as it is kept.
     *
     * @throws ChangeFailed when it is not certain to be kept
     */
    void revoke(String id, Instant now);

    /**
     * Keeps nothing more of some links, nor that they were revoked: of those, of whichever tenant, that ended before then, the ones that ended first.
     *
     * @param endedBefore so long ago that nobody writes of them any more
     * @param most how many
     * @throws ChangeFailed when they are not certain to be gone; none is alive again
     */
    void forgetLinks(Instant endedBefore, int most);

    /**
     * Adds a tenant, or changes what is said of one.
     *
     * @throws ChangeFailed when it is not certain to be kept
     */
    void put(Tenant tenant);
}
