package io.tidemark.streams.event;

import java.util.List;

/** What is known so far of what becomes of a record. Every record ends in exactly one, and none is thrown. */
public sealed interface Outcome {

    Received received();

    /** What the record is accounted as, should no later step say otherwise. */
    Fate fate();

    /** Countable; counted unless {@code dedupe} has seen it before. */
    record Accepted(Received received, Event event) implements Outcome {
        @Override
        public Fate fate() {
            return Fate.COUNTED;
        }
    }

    /** Counted before: {@code first} is the record that was counted. */
    record Repeated(Received received, Event event, Coordinates first, boolean sameContent) implements Outcome {
        @Override
        public Fate fate() {
            return sameContent ? Fate.DUPLICATE : Fate.CONFLICT;
        }
    }

    /**
     * Not countable, and why: at least one fault.
     *
     * @param claim whose it says it is
     */
    record Rejected(Received received, List<Fault> faults, Claim claim) implements Outcome {
        public Rejected {
            faults = List.copyOf(faults);
        }

        public Rejected(Received received, List<Fault> faults) {
            this(received, faults, Claim.NONE);
        }

        @Override
        public Fate fate() {
            return Fate.REJECTED;
        }
    }

    /** Sent on to the partition it belongs to. */
    record Rekeyed(Received received) implements Outcome {
        @Override
        public Fate fate() {
            return Fate.REKEYED;
        }
    }

    /** Its schema cannot be looked up now. */
    record Parked(Received received) implements Outcome {
        @Override
        public Fate fate() {
            return Fate.PARKED;
        }
    }
}
