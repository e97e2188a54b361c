package io.tidemark.streams.recount;

import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.dedupe.Identity;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.intake.Intake;
import io.tidemark.streams.intake.WriterSchemas;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges records by the product's own reader and rules, as of when each was appended. One thread's alone.
 *
 * <p>Which tenants and schemas were known when a record was handled, the log does not say: what was refused for that is found in {@code
 * rejected-events}; any other record is judged as if its tenant had been known.
 */
final class Judging implements EventLog.Taker {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    /** A registry that is away for longer leaves nothing to be said. */
    private static final Duration UNTIL_READABLE = Duration.ofSeconds(30);

    private final RecountQuestion question;
    private final Intake intake;
    private final Identity identity = new Identity();
    private final EventLog log;
    private final Counts counts;
    private final Accepting accepting;
    private final Map<Integer, Progress> none = new HashMap<>();

    /** What becomes of an event that is good and asked for. */
    interface Accepting {
        void accept(Event event, Identity identity, Origin origin);
    }

    Judging(
            RecountQuestion question,
            TimeRule time,
            WriterSchemas schemas,
            EventLog log,
            Counts counts,
            Accepting accepting) {
        this.question = question;
        this.log = log;
        this.counts = counts;
        this.accepting = accepting;
        intake = new Intake(schemas, time, tenant -> true);
    }

    /** One that does not count what it reads: it was counted before. */
    static Judging again(
            RecountQuestion question,
            TimeRule time,
            WriterSchemas schemas,
            EventLog log,
            BiConsumer<Event, Origin> accepting) {
        return new Judging(
                question,
                time,
                schemas,
                log,
                new Counts(),
                (event, identity, origin) -> accepting.accept(event, origin));
    }

    @Override
    public void take(Origin origin, byte @Nullable [] key, byte @Nullable [] value, long bytes) {
        counts.read();
        Outcome outcome = judged(origin, key, value, bytes);
        if (outcome instanceof Outcome.Rejected rejected) {
            reject(origin, rejected.faults().get(0).reason());
        } else if (outcome instanceof Outcome.Accepted accepted) {
            Event event = accepted.event();
            if (!question.isOf(event.tenant(), event.customer())) {
                counts.ofOthers();
            } else if (log.refused().contains(Recounted.coordinates(origin))) {
                counts.rejected(Reason.UNKNOWN_TENANT);
            } else {
                accepting.accept(event, identity, origin);
            }
        }
    }

    private void reject(Origin origin, Reason reason) {
        if (reason == Reason.UNKNOWN_SCHEMA && !log.refused().contains(Recounted.coordinates(origin))) {
            counts.unreadable();
        } else {
            counts.rejected(reason);
        }
    }

    private Outcome judged(Origin origin, byte @Nullable [] key, byte @Nullable [] value, long bytes) {
        Progress progress = none.computeIfAbsent(
                origin.topic().code() << Short.SIZE | origin.partition(),
                any -> Progress.none(origin.topic(), origin.partition()));
        var received = new Received(origin.offset(), progress, origin, key, value, false);
        long deadline = 0;
        while (true) {
            Outcome outcome = intake.judge(received, bytes);
            if (!(outcome instanceof Outcome.Parked)) {
                return outcome;
            }
            long now = System.nanoTime();
            deadline = deadline == 0 ? now + UNTIL_READABLE.toNanos() : deadline;
            if (now - deadline >= 0) {
                throw new CannotRecount("the registry does not say what was written at " + origin);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}
