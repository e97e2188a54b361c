package io.tidemark.streams.directory;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A wish to change one customer. */
public sealed interface Command {

    String tenant();

    String externalId();

    /** A command somebody waits for. Sent twice with the same id it is done once and answered the same. */
    sealed interface Awaited extends Command {
        UUID commandId();

        /** A hash of what its sender was asked: the same id with another is refused. Zero where nobody chose the id. */
        default long content() {
            return 0;
        }
    }

    /**
     * Makes a customer. One that was deleted begins anew: it keeps its UUID, and has the details given here alone.
     *
     * @param id what its UUID becomes
     * @param active null: yes
     */
    record Create(
            UUID commandId,
            long content,
            String tenant,
            String externalId,
            UUID id,
            Details details,
            @Nullable Boolean active)
            implements Awaited {}

    /**
     * Answers a customer that is there, as it is; makes it where there is none.
     *
     * @param by what it is known by: of the two, the external id goes before the e-mail address
     */
    record GetOrCreate(Create wish, Outcome.Unique by) implements Awaited {
        @Override
        public UUID commandId() {
            return wish.commandId();
        }

        @Override
        public long content() {
            return wish.content();
        }

        @Override
        public String tenant() {
            return wish.tenant();
        }

        @Override
        public String externalId() {
            return wish.externalId();
        }
    }

    /**
     * Changes what is given of a customer that is there.
     *
     * @param ifVersion only while it has this version
     * @param active null: as it is
     */
    record Update(
            UUID commandId,
            String tenant,
            String externalId,
            OptionalLong ifVersion,
            Details details,
            @Nullable Boolean active)
            implements Awaited {}

    /**
     * Deletes a customer: its record stays, out of lists and reports, and its e-mail address is free for others. An event
     * counted later revives it.
     */
    record Delete(UUID commandId, String tenant, String externalId, OptionalLong ifVersion) implements Awaited {}

    /**
     * Takes from a customer, deleted or not, all that says who it is: what was said of it and its external id, which may
     * be an address itself. It stays deleted, with its UUID and its usage, under a pseudonym. Once is enough.
     */
    record Erase(UUID commandId, String tenant, String externalId, OptionalLong ifVersion) implements Awaited {}

    /**
     * Says that events of a customer were counted: makes it if it is unknown, revives it if it was deleted before {@code
     * lastSeenAt}. Where another customer has its e-mail address by then, it comes back without.
     *
     * @param id what its UUID becomes, should it be unknown
     */
    record Sighting(String tenant, String externalId, UUID id, Instant firstSeenAt, Instant lastSeenAt)
            implements Command {}

    /** Gives a directory that begins anew what the topic has of a customer: kept unless it knows a later version. */
    record Restore(Customer customer) implements Command {
        @Override
        public String tenant() {
            return customer.tenant();
        }

        @Override
        public String externalId() {
            return customer.externalId();
        }
    }
}
