package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * Which rejections are asked for, the newest first.
 *
 * @param tenant whose; empty: those of which nobody knows whose they are
 * @param from appended at this instant or later, UTC milliseconds since 1970-01-01
 * @param to appended before this instant
 * @param after only those that come behind it
 * @param reasons any of them; empty: whichever
 * @param limit of how many are wanted at most, 1 or more
 */
public record RejectionsAsked(
        String tenant,
        long from,
        long to,
        Optional<RejectionId> after,
        Set<Reason> reasons,
        Optional<String> customer,
        Optional<String> eventId,
        State state,
        int limit) {

    public RejectionsAsked {
        reasons = Set.copyOf(reasons);
    }

    /** Whether a rejection was made good. */
    public enum State {
        OPEN,
        RESOLVED,
        ALL;

        /** Whether a rejection of which all is known is asked for. */
        boolean takes(Rejection rejection) {
            return switch (this) {
                case OPEN -> rejection.resolution().isEmpty();
                case RESOLVED -> rejection.resolution().isPresent();
                case ALL -> true;
            };
        }

        /** The same, where it may have been resolved in another partition. */
        boolean mayTake(Rejection rejection) {
            return takes(rejection) || (this == RESOLVED && !rejection.claim().namesCustomer());
        }
    }

    /** The same behind another one. */
    public RejectionsAsked behind(RejectionId id) {
        return new RejectionsAsked(tenant, from, to, Optional.of(id), reasons, customer, eventId, state, limit);
    }

    /** Whether it is one of those, whatever became of it. */
    boolean matches(Rejection rejection) {
        return (reasons.isEmpty() || rejection.faults().stream().anyMatch(fault -> reasons.contains(fault.reason())))
                && customer.map(rejection.claim().customer()::equals).orElse(true)
                && eventId.map(rejection.claim().id()::equals).orElse(true);
    }
}
