package io.tidemark.query.customers;

import io.tidemark.query.http.Problem;
import io.tidemark.query.http.Refused;
import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.roster.Roster;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The roster as requests see it: none while it is still being read, because who is not there yet would be unknown. */
public final class Customers {
    /** {@code UUID.fromString} takes far more than this. */
    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    private static final Problem LATE =
            Problem.of(Problem.Kind.NOT_CAUGHT_UP, "the answer does not contain the position yet");

    private static final Problem UNKNOWN = Problem.of(Problem.Kind.UNKNOWN_CUSTOMER, "There is no such customer.");

    private final Roster roster;

    public Customers(Roster roster) {
        this.roster = roster;
    }

    Roster roster() {
        if (!roster.isCaughtUp()) {
            throw new Refused(Problem.of(Problem.Kind.UNAVAILABLE, "The customers are being read."));
        }
        return roster;
    }

    /**
     * Who is meant by an id.
     *
     * @param mayBeOurs whether it may be our UUID, which goes before an external id of the same letters
     */
    public Optional<Customer> meant(String tenant, String id, boolean mayBeOurs) {
        Optional<Customer> ours = mayBeOurs && isUuid(id) ? ofUuid(tenant, id) : Optional.empty();
        return ours.or(() -> roster().byExternalId(tenant, id));
    }

    /** Whether a text is written as our ids are. */
    public static boolean isUuid(String text) {
        return UUID_SHAPE.matcher(text).matches();
    }

    /** The customer of {@link #isUuid such} an id of ours. */
    public Optional<Customer> ofUuid(String tenant, String uuid) {
        return roster().byId(tenant, UUID.fromString(uuid));
    }

    /** The external id of the customer of {@link #isUuid such} an id of ours, which must be there, if only deleted. */
    public String externalIdOf(String tenant, String uuid) {
        return ofUuid(tenant, uuid).map(Customer::externalId).orElseThrow(Customers::unknown);
    }

    /** The same, where it must be there, if only deleted. */
    Customer any(String tenant, String id, boolean mayBeOurs) {
        return meant(tenant, id, mayBeOurs).orElseThrow(Customers::unknown);
    }

    /** The same, where it must be there and not deleted. */
    public Customer there(String tenant, String id, boolean mayBeOurs) {
        return meant(tenant, id, mayBeOurs)
                .filter(customer -> !customer.isDeleted())
                .orElseThrow(Customers::unknown);
    }

    /**
     * Waits until all that a position says of customers is here.
     *
     * @return how long may still be waited for the rest
     * @throws Refused where it did not come in time
     */
    public Wait caughtUp(Wait wait) {
        return after(wait).orElseThrow(() -> new Refused(LATE));
    }

    /**
     * Waits until all that a position says of customers is here.
     *
     * @return how long may still be waited for the rest; empty where it did not come in time
     */
    public Optional<Wait> after(Wait wait) {
        if (wait.after().isEmpty()) {
            return Optional.of(wait);
        }
        long began = System.nanoTime();
        try {
            if (!roster().awaitPosition(wait.after().get(), wait.atMost())) {
                return Optional.empty();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        Duration left = wait.atMost().minusNanos(System.nanoTime() - began);
        return Optional.of(wait.within(left.isNegative() ? Duration.ZERO : left));
    }

    /** The same answer for a customer that never was and for another tenant's. */
    public static Refused unknown() {
        return new Refused(UNKNOWN);
    }
}
