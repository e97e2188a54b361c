package io.tidemark.streams.directory;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One customer of one tenant, as the directory has it. Instants are UTC.
 *
 * @param id ours, a UUID of version 7; never changes
 * @param externalId the tenant's own, verbatim; never changes
 * @param version counts the changes of the record from 1
 * @param details what was said of it
 * @param active false leaves it out of reports
 * @param autoCreated whether an event and not a call created it
 * @param firstSeenAt append time of its first counted event
 * @param lastSeenAt append time of a recent counted event, precise to an hour
 * @param deletedAt when it was deleted; empty while it is not
 */
public record Customer(
        UUID id,
        String tenant,
        String externalId,
        long version,
        Details details,
        boolean active,
        boolean autoCreated,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> firstSeenAt,
        Optional<Instant> lastSeenAt,
        Optional<Instant> deletedAt) {

    public boolean isDeleted() {
        return deletedAt.isPresent();
    }

    /** Whether it is part of reports. */
    public boolean isReported() {
        return active && !isDeleted();
    }

    /** One of whom nothing is known but that it was seen. */
    static Customer sighted(Command.Sighting seen, Instant now) {
        return new Customer(
                seen.id(),
                seen.tenant(),
                seen.externalId(),
                1,
                Details.UNKNOWN,
                true,
                true,
                now,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Whether nothing is left that says who it was. */
    public boolean isErased() {
        return isDeleted() && Pseudonym.is(externalId) && details.equals(Details.UNKNOWN);
    }

    /** What is left of it: the next version, under a pseudonym, deleted. */
    Customer erased(String pseudonym, Instant now) {
        return stripped(pseudonym, version + 1, now);
    }

    /** The same of this version, for as long as the next is not known. */
    public Customer without(String pseudonym, Instant now) {
        return stripped(pseudonym, version, now);
    }

    private Customer stripped(String pseudonym, long newVersion, Instant now) {
        return new Customer(
                id,
                tenant,
                pseudonym,
                newVersion,
                Details.UNKNOWN,
                active,
                autoCreated,
                createdAt,
                now,
                firstSeenAt,
                lastSeenAt,
                Optional.of(deletedAt.orElse(now)));
    }

    /** The next version. */
    Customer changed(Details newDetails, boolean newActive, Optional<Instant> newDeletedAt, Instant now) {
        return new Customer(
                id,
                tenant,
                externalId,
                version + 1,
                newDetails,
                newActive,
                autoCreated,
                createdAt,
                now,
                firstSeenAt,
                lastSeenAt,
                newDeletedAt);
    }

    /** Seen in that span too: not a change that would make somebody's compare-and-set fail. */
    Customer seen(Instant first, Instant last) {
        return new Customer(
                id,
                tenant,
                externalId,
                version,
                details,
                active,
                autoCreated,
                createdAt,
                updatedAt,
                Optional.of(firstSeenAt.filter(first::isAfter).orElse(first)),
                Optional.of(lastSeenAt.filter(last::isBefore).orElse(last)),
                deletedAt);
    }
}
