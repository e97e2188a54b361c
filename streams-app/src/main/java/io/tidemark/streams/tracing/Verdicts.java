package io.tidemark.streams.tracing;

import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What follows from what is known. Pure.
 *
 * @param trace of the partitions that may know of it: read after the record was looked at
 * @param asOf everything appended up to then has been handled, wherever it belongs
 * @param kept for how long after their arrival ids are known
 * @param home the partition in which the customer's events are counted
 */
record Verdicts(Trace trace, Instant asOf, Duration kept, int home) {

    /** @param because empty where the verdict is final */
    record Given(Verdict verdict, Optional<Because> because, List<Refusal> refusals, boolean judgedAgain) {
        static Given of(Verdict verdict, List<Refusal> refusals) {
            return new Given(verdict, Optional.empty(), refusals, false);
        }

        static Given of(Verdict verdict, Because because) {
            return new Given(verdict, Optional.of(because), List.of(), false);
        }
    }

    /** Of an identity, whichever record it came in. */
    Given ofIdentity() {
        List<Refusal> refusals = trace.refusals();
        if (trace.first().isPresent()) {
            return Given.of(Verdict.COUNTED, refusals);
        } else if (!refusals.isEmpty()) {
            // Conflicts alone: what was counted is forgotten before what was refused for it.
            boolean conflicts = refusals.stream().allMatch(Refusal::isConflict);
            return Given.of(conflicts ? Verdict.CONFLICT : Verdict.REJECTED, refusals);
        }
        return Given.of(Verdict.UNKNOWN, trace.waiting() ? Because.MAY_BE_PARKED : Because.NEVER_SEEN);
    }

    /** Of a place of which nothing is to be read any more, or never was. */
    Given ofPlace(Coordinates at, Because otherwise) {
        return known(at).orElseGet(() -> Given.of(Verdict.UNKNOWN, otherwise));
    }

    /** Of a record that is the event. */
    Given ofRecord(Looked meant) {
        return known(meant.at()).orElseGet(() -> byItsContents(meant));
    }

    /** What is written down of a place. */
    private Optional<Given> known(Coordinates at) {
        if (trace.first().filter(first -> first.at().equals(at)).isPresent()) {
            return Optional.of(Given.of(Verdict.COUNTED, List.of()));
        } else if (trace.parked()) {
            return Optional.of(Given.of(Verdict.PARKED, List.of()));
        }
        List<Refusal> here =
                trace.refusals().stream().filter(one -> one.at().equals(at)).toList();
        return here.isEmpty()
                ? Optional.empty()
                : Optional.of(Given.of(here.get(0).isConflict() ? Verdict.CONFLICT : Verdict.REJECTED, here));
    }

    private Given byItsContents(Looked meant) {
        if (!trace.isHandled(meant.at())) {
            return Given.of(Verdict.PENDING, Because.NOT_HANDLED_YET);
        }
        Outcome judged = meant.judged();
        if (!hasArrived(meant.at(), meant.appendedAt())) {
            return Given.of(Verdict.PENDING, Because.ON_ITS_WAY);
        } else if (judged instanceof Outcome.Rejected rejected) {
            var refusal = new Refusal(meant.at(), meant.appendedAt(), rejected.faults());
            return new Given(Verdict.REJECTED, Optional.empty(), List.of(refusal), true);
        } else if (judged instanceof Outcome.Accepted accepted) {
            return trace.first()
                    .map(first -> Given.of(repeats(first, accepted.event()), List.of()))
                    .orElseGet(() -> forgotten(meant));
        }
        return Given.of(Verdict.UNKNOWN, Because.SCHEMA_AWAY);
    }

    private static Verdict repeats(FirstSight first, Event event) {
        return first.contentHash() == event.contentHash() ? Verdict.DUPLICATE : Verdict.CONFLICT;
    }

    private Given forgotten(Looked meant) {
        boolean old = Instant.ofEpochMilli(meant.appendedAt()).isBefore(idsKnownSince());
        return Given.of(Verdict.UNKNOWN, old ? Because.OLDER_THAN_IDS_ARE_KEPT : Because.NEVER_SEEN);
    }

    Instant idsKnownSince() {
        return asOf.minus(kept);
    }

    /** Whether all effects of a record are in the customer's partition; of one that was appended elsewhere, {@code asOf} alone says it. */
    boolean hasArrived(Coordinates at, long appendedAt) {
        return at.partition() == home ? trace.isHandled(at) : !asOf.isBefore(Instant.ofEpochMilli(appendedAt));
    }
}
