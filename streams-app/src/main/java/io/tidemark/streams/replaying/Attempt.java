package io.tidemark.streams.replaying;

import io.tidemark.streams.event.Fault;
import io.tidemark.streams.publishing.EventIntake.Ready;
import java.util.List;

/** What would come of replaying one rejected event. */
public sealed interface Attempt {

    /** It would be counted, or be a repeat of one that is. */
    record Good(Ready event) implements Attempt {}

    /** It would be rejected once more, and all that is wrong with it. */
    record Bad(List<Fault> faults) implements Attempt {
        public Bad {
            faults = List.copyOf(faults);
        }
    }

    /** There is no event to be made of it, and why. */
    record Lost(Cause cause, String detail) implements Attempt {}

    /** Why nothing can be made of it. */
    enum Cause {
        /** Its topic does not have it any more. */
        GONE,
        /** What lies there is no event. */
        UNREADABLE,
        /** Kafka or the registry cannot say now. */
        UNAVAILABLE
    }
}
