package io.tidemark.streams.tracing;

import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.reading.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of an event, and how that is known.
 *
 * @param because why the verdict is no better; empty where it is final
 * @param first where the event that was counted lies
 * @param counted that record; empty where it cannot be shown, or nothing was counted
 * @param meant the record that was asked for; empty where none was, or it cannot be shown
 * @param missing why a record cannot be shown
 * @param refusals of events of that identity; where a record was asked for, of that one
 * @param judgedAgain whether what was refused is not known any more, and these are the faults that the rules find now
 * @param idsKnownSince ids that arrived since then are known
 */
public record Traced(
        Verdict verdict,
        Optional<Because> because,
        Optional<FirstSight> first,
        Optional<Looked> counted,
        Optional<Looked> meant,
        Optional<Missing> missing,
        List<Difference> differences,
        List<Refusal> refusals,
        boolean judgedAgain,
        Instant idsKnownSince,
        Freshness freshness) {

    public Traced {
        differences = List.copyOf(differences);
        refusals = List.copyOf(refusals);
    }

    /** Whether nothing at all is known of such an event, nor of its customer. */
    public boolean saysNothing() {
        boolean nothing = because.filter(one -> one == Because.NEVER_SEEN
                        || one == Because.NOTHING_THERE
                        || one == Because.RECORD_GONE
                        || one == Because.ANOTHER_EVENT)
                .isPresent();
        return verdict == Verdict.UNKNOWN && nothing && first.isEmpty() && meant.isEmpty();
    }

    /** The same of a customer that was erased: its events were those of another id, which nobody remembers. */
    public Traced ofErased() {
        return verdict == Verdict.UNKNOWN
                ? new Traced(
                        verdict,
                        Optional.of(Because.CUSTOMER_ERASED),
                        first,
                        counted,
                        Optional.empty(),
                        Optional.of(Missing.ERASED),
                        List.of(),
                        refusals,
                        judgedAgain,
                        idsKnownSince,
                        freshness)
                : this;
    }

    /** Why a record is not shown. The names are part of answers and final. */
    public enum Missing {
        /** Retention has deleted it. */
        GONE,
        /** No record lies there. */
        NOT_THERE,
        /** Kafka did not give it in time. */
        NOT_NOW,
        /** Its customer was erased since. */
        ERASED,
        /** It is not this event. */
        ANOTHER_EVENT
    }
}
