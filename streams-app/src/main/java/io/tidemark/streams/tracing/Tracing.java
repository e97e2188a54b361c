package io.tidemark.streams.tracing;

import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.intake.Preview;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.originals.Originals;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Wait;
import io.tidemark.streams.tracing.Traced.Missing;
import io.tidemark.streams.tracing.Verdicts.Given;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Says what became of an event, whichever instances know of it. */
public final class Tracing implements Tracer {
    /** A registry that knows a schema says so sooner. */
    private static final Duration UNTIL_SCHEMA = Duration.ofMillis(300);

    private final Parts parts;
    private final Originals originals;
    private final Preview rules;
    private final Duration kept;
    private final int partitions;

    /**
     * @param rules by which records are judged, and the schemas they are read with
     * @param kept for how long after their arrival ids are known
     */
    public Tracing(Parts parts, Originals originals, Preview rules, Duration kept, int partitions) {
        this.parts = parts;
        this.originals = originals;
        this.rules = rules;
        this.kept = kept;
        this.partitions = partitions;
    }

    @Override
    public Answer<Traced> trace(TraceQuestion asked, Wait wait) throws InterruptedException {
        return asked.at().isPresent()
                ? ofPlace(asked, asked.at().get(), wait)
                : traced(
                        asked,
                        parts.ofCustomer(TraceReader.KIND, asked, asked.tenant(), asked.customer(), wait),
                        Verdicts::ofIdentity,
                        Optional.empty(),
                        Optional.empty());
    }

    private Answer<Traced> ofPlace(TraceQuestion asked, Coordinates at, Wait wait) throws InterruptedException {
        Original original = originals.at(at.topic(), at.partition(), at.offset());
        if (original instanceof Original.NotNow notNow) {
            return new NotReady<>(Reason.MOVING, "the record cannot be read now: " + notNow.why());
        } else if (original instanceof Original.Found found) {
            Looked meant = look(at, found);
            Answer<Part<Trace>> answer = ask(asked, at, meant.partitionOfKey(partitions), wait);
            return meant.mayBe(asked)
                    ? traced(asked, answer, verdicts -> verdicts.ofRecord(meant), Optional.of(meant), Optional.empty())
                    : another(asked, answer);
        }
        boolean gone = original instanceof Original.Gone;
        return traced(
                asked,
                ask(asked, at, at.partition(), wait),
                verdicts -> verdicts.ofPlace(at, gone ? Because.RECORD_GONE : Because.NOTHING_THERE),
                Optional.empty(),
                Optional.of(gone ? Missing.GONE : Missing.NOT_THERE));
    }

    /** Nothing is said of it: it may be another tenant's. */
    private Answer<Traced> another(TraceQuestion asked, Answer<Part<Trace>> answer) throws InterruptedException {
        return traced(
                asked,
                answer,
                verdicts -> Given.of(Verdict.UNKNOWN, Because.ANOTHER_EVENT),
                Optional.empty(),
                Optional.of(Missing.ANOTHER_EVENT));
    }

    /** Where it lies, where its key belongs and where its customer's events are counted: nobody else has met it. */
    private Answer<Part<Trace>> ask(TraceQuestion asked, Coordinates at, int ofKey, Wait wait) {
        Set<Integer> met = new HashSet<>(List.of(asked.home(partitions), ofKey));
        if (at.partition() >= 0 && at.partition() < partitions) {
            met.add(at.partition());
        }
        return parts.of(TraceReader.KIND, asked, met, wait);
    }

    private Answer<Traced> traced(
            TraceQuestion asked,
            Answer<Part<Trace>> answer,
            Function<Verdicts, Given> decide,
            Optional<Looked> meant,
            Optional<Missing> missing)
            throws InterruptedException {
        if (!(answer instanceof Answer.Found<Part<Trace>> found)) {
            return unanswered(answer);
        }
        int home = asked.home(partitions);
        Freshness freshness = found.value().freshness();
        if (freshness.missingPartitions().contains(home)) {
            return new NotReady<>(Reason.MOVING, "nobody can say now what partition " + home + " has seen");
        }
        var verdicts = new Verdicts(found.value().value(), freshness.asOf(), kept, home);
        Given given = decide.apply(verdicts);
        boolean isOpen = given.verdict() == Verdict.PENDING || given.verdict() == Verdict.UNKNOWN;
        if (isOpen && !freshness.complete()) {
            return new NotReady<>(
                    Reason.MOVING,
                    "nobody can say now what partitions " + freshness.missingPartitions() + " know of it");
        }
        return new Answer.Found<>(shown(asked, verdicts, given, meant, missing, freshness));
    }

    private Traced shown(
            TraceQuestion asked,
            Verdicts verdicts,
            Given given,
            Optional<Looked> meant,
            Optional<Missing> missing,
            Freshness freshness)
            throws InterruptedException {
        Optional<FirstSight> first = verdicts.trace().first();
        Counted counted = counted(asked, first, meant);
        // Where its id is forgotten, or what was counted cannot be read, the record that is meant tells it as well.
        Optional<Looked> telling = counted.record.or(() -> meant.filter(one -> first.isPresent()
                || (given.verdict() == Verdict.UNKNOWN && one.event().isPresent())));
        boolean erased = telling.filter(record -> isErased(verdicts, record)).isPresent();
        Optional<Looked> here = erased ? Optional.empty() : meant;
        Optional<Looked> there = erased ? Optional.empty() : counted.record;
        boolean other = here.isPresent()
                && there.isPresent()
                && !here.get().at().equals(there.get().at());
        return new Traced(
                given.verdict(),
                given.because(),
                first,
                there,
                here,
                erased
                        ? Optional.of(Missing.ERASED)
                        : missing.or(() -> meant.isPresent() ? Optional.empty() : counted.missing),
                other ? Difference.between(there.get().contents(), here.get().contents()) : List.of(),
                given.refusals(),
                given.judgedAgain(),
                verdicts.idsKnownSince(),
                freshness);
    }

    /** The record that was counted, or why it cannot be shown; neither where nothing was. */
    private record Counted(Optional<Looked> record, Optional<Missing> missing) {}

    private Counted counted(TraceQuestion asked, Optional<FirstSight> first, Optional<Looked> meant)
            throws InterruptedException {
        if (first.isEmpty()) {
            return new Counted(Optional.empty(), Optional.empty());
        }
        Coordinates at = first.get().at();
        if (meant.filter(one -> one.at().equals(at)).isPresent()) {
            return new Counted(meant, Optional.empty());
        }
        Original original = originals.at(at.topic(), at.partition(), at.offset());
        if (original instanceof Original.Found found) {
            Looked looked = look(at, found);
            // A topic that was made again has other records at the same places, whose ever they are: nothing is said of
            // those.
            return looked.mayBe(asked)
                    ? new Counted(Optional.of(looked), Optional.empty())
                    : new Counted(Optional.empty(), Optional.of(Missing.GONE));
        } else if (original instanceof Original.NotNow) {
            return new Counted(Optional.empty(), Optional.of(Missing.NOT_NOW));
        }
        boolean gone = original instanceof Original.Gone;
        return new Counted(Optional.empty(), Optional.of(gone ? Missing.GONE : Missing.NOT_THERE));
    }

    /**
     * Whether the event is from before its customer was erased: all that is stored of the customer has another name since, or begins later. The
     * topics of events keep what was sent; that is no reason to show it.
     */
    private static boolean isErased(Verdicts verdicts, Looked counted) {
        boolean knownThen = verdicts.trace()
                .customerSince()
                .filter(since -> since <= counted.appendedAt())
                .isPresent();
        return !knownThen && verdicts.hasArrived(counted.at(), counted.appendedAt());
    }

    private Looked look(Coordinates at, Original.Found found) throws InterruptedException {
        // First the contents: they wait for the schema, which the rules do not.
        Contents contents = originals.contents(found, UNTIL_SCHEMA);
        var origin = new Origin(
                at.topic(), at.partition(), at.offset(), found.appendedAt().toEpochMilli());
        Outcome judged =
                rules.outcome(origin, found.key(), found.value(), (long) found.keyBytes() + found.valueBytes());
        return new Looked(at, found, contents, judged);
    }

    private static Answer<Traced> unanswered(Answer<Part<Trace>> answer) {
        return answer.fold(new Answer.Cases<Part<Trace>, Answer<Traced>>(
                found -> new Answer.NotFound<>(), Answer.NotFound::new, NotReady::new, Answer.Unclear::new));
    }
}
