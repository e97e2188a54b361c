package io.tidemark.streams.publishing;

import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.fates.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes events over for the door: each is judged before it is written, so that who sends it hears of its faults at once.
 *
 * <p>Fields go by the names of the Avro schema, as {@link EventPublisher} says.
 */
public interface EventIntake {

    /**
     * Makes an event of fields and judges it as counting will. Writes nothing.
     *
     * @throws PublishFailed when the registry has not yet said by which schema events are written
     */
    Prepared prepare(EventKind kind, Map<String, ?> fields);

    /**
     * Writes events and waits until the broker has acknowledged each ({@code acks=all}) or it is given up.
     *
     * @param untilTold how long to wait beyond that until it is committed what became of each; empty: not at all
     */
    Taken take(List<Ready> events, Optional<Duration> untilTold) throws InterruptedException;

    /** What came of preparing an event. */
    sealed interface Prepared {}

    /**
     * An event that may be written: its record.
     *
     * @param replays which rejection it replays; empty: none
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on as they are; nobody compares two of these
    record Ready(EventKind kind, byte[] key, byte[] value, Optional<String> replays) implements Prepared {
        public Ready(EventKind kind, byte[] key, byte[] value) {
            this(kind, key, value, Optional.empty());
        }

        /** The same in place of a rejected one. */
        public Ready replaying(String rejection) {
            return new Ready(kind, key, value, Optional.of(rejection));
        }
    }

    /** An event that would be rejected, and all that is wrong with it. */
    record Faulty(List<Fault> faults) implements Prepared {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What came of a write.
     *
     * @param receipts one for each event, in their order
     * @param position of those that were acknowledged, as a read's {@code after}
     */
    record Taken(List<Receipt> receipts, String position) {
        public Taken {
            receipts = List.copyOf(receipts);
        }
    }

    /**
     * What came of one event.
     *
     * @param acknowledged whether the broker has it; if not, it may have it all the same
     * @param told what became of it; empty where that was not asked for, or not heard in time
     */
    record Receipt(boolean acknowledged, Optional<Told> told) {}
}
