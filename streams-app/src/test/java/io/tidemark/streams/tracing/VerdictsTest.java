package io.tidemark.streams.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.dedupe.FirstSight;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.originals.Contents;
import io.tidemark.streams.originals.Original;
import io.tidemark.streams.tracing.Verdicts.Given;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class VerdictsTest {
    private static final int HOME = 2;
    private static final Instant APPENDED = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LATER = APPENDED.plusSeconds(60);
    private static final Instant EARLIER = APPENDED.minusSeconds(60);
    private static final Duration KEPT = Duration.ofDays(35);
    private static final Coordinates HERE = new Coordinates(Source.REQUESTS, HOME, 17);
    private static final Coordinates AWAY = new Coordinates(Source.REQUESTS, 0, 17);
    private static final FirstSight FIRST = new FirstSight(4711, new Coordinates(Source.REQUESTS, HOME, 3));

    @Test
    void countARecordThatIsTheFirstSightWhereverItLies() {
        for (Coordinates at : List.of(HERE, AWAY)) {
            Given given = of(first(new FirstSight(1, at)), EARLIER).ofRecord(accepted(at, 1));
            assertThat(given.verdict()).isEqualTo(Verdict.COUNTED);
            assertThat(given.because()).isEmpty();
        }
    }

    @Test
    void tellARepeatFromAConflictByItsContents() {
        assertThat(of(first(FIRST), LATER).ofRecord(accepted(HERE, 4711)).verdict())
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(of(first(FIRST), LATER).ofRecord(accepted(HERE, 4712)).verdict())
                .isEqualTo(Verdict.CONFLICT);
    }

    @Test
    void sayNothingOfWhatIsNotHandledYet() {
        var trace = trace(Optional.of(FIRST), false, List.of(), 16);
        assertThat(of(trace, LATER).ofRecord(accepted(HERE, 4711)))
                .isEqualTo(Given.of(Verdict.PENDING, Because.NOT_HANDLED_YET));
        assertThat(of(trace, LATER).ofRecord(rejected(HERE)))
                .isEqualTo(Given.of(Verdict.PENDING, Because.NOT_HANDLED_YET));
    }

    @Test
    void sayNothingOfWhatIsOnItsWayUntilAsOfIsBehindIt() {
        assertThat(of(first(FIRST), EARLIER).ofRecord(accepted(AWAY, 4711)))
                .isEqualTo(Given.of(Verdict.PENDING, Because.ON_ITS_WAY));
        assertThat(of(first(FIRST), APPENDED).ofRecord(accepted(AWAY, 4711)).verdict())
                .isEqualTo(Verdict.DUPLICATE);
        assertThat(of(nothing(), EARLIER).ofRecord(rejected(AWAY)))
                .isEqualTo(Given.of(Verdict.PENDING, Because.ON_ITS_WAY));
    }

    @Test
    void takeWhatWasWrittenDownOfARefusalBeforeWhatTheRulesSayNow() {
        var refusal = new Refusal(HERE, APPENDED.toEpochMilli(), List.of(new Fault(Reason.UNKNOWN_TENANT, "then")));
        Given given =
                of(trace(Optional.empty(), false, List.of(refusal), 20), LATER).ofRecord(rejected(HERE));
        assertThat(given).isEqualTo(Given.of(Verdict.REJECTED, List.of(refusal)));
        Given again = of(nothing(), LATER).ofRecord(rejected(HERE));
        assertThat(again.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(again.judgedAgain()).isTrue();
        assertThat(again.refusals().get(0).faults()).containsExactly(new Fault(Reason.TOO_OLD, "now"));
    }

    @Test
    void parkWhatWaits() {
        assertThat(of(trace(Optional.empty(), true, List.of(), 20), EARLIER)
                        .ofRecord(unread(HERE))
                        .verdict())
                .isEqualTo(Verdict.PARKED);
        assertThat(of(nothing(), LATER).ofRecord(unread(HERE)))
                .isEqualTo(Given.of(Verdict.UNKNOWN, Because.SCHEMA_AWAY));
    }

    @Test
    void forgetWhatIsOlderThanIdsAreKept() {
        Instant muchLater = APPENDED.plus(KEPT).plusMillis(1);
        assertThat(of(nothing(), muchLater).ofRecord(accepted(HERE, 1)))
                .isEqualTo(Given.of(Verdict.UNKNOWN, Because.OLDER_THAN_IDS_ARE_KEPT));
        assertThat(of(nothing(), muchLater.minusMillis(1)).ofRecord(accepted(HERE, 1)))
                .isEqualTo(Given.of(Verdict.UNKNOWN, Because.NEVER_SEEN));
    }

    @Test
    void knowAPlaceThatHoldsNothingAnyMoreByWhatWasWrittenDown() {
        assertThat(of(first(new FirstSight(1, HERE)), LATER)
                        .ofPlace(HERE, Because.RECORD_GONE)
                        .verdict())
                .isEqualTo(Verdict.COUNTED);
        assertThat(of(first(FIRST), LATER).ofPlace(HERE, Because.RECORD_GONE))
                .isEqualTo(Given.of(Verdict.UNKNOWN, Because.RECORD_GONE));
    }

    @Test
    void sayOfAnIdentityWhatIsKnownOfAnyRecordOfIt() {
        var conflict = new Refusal(AWAY, 1, List.of(new Fault(Reason.CONFLICT, "")));
        var old = new Refusal(HERE, 1, List.of(new Fault(Reason.TOO_OLD, "")));
        assertThat(of(trace(Optional.of(FIRST), false, List.of(old), 20), LATER).ofIdentity())
                .isEqualTo(Given.of(Verdict.COUNTED, List.of(old)));
        assertThat(of(trace(Optional.empty(), false, List.of(old, conflict), 20), LATER)
                        .ofIdentity()
                        .verdict())
                .isEqualTo(Verdict.REJECTED);
        assertThat(of(trace(Optional.empty(), false, List.of(conflict), 20), LATER)
                        .ofIdentity()
                        .verdict())
                .isEqualTo(Verdict.CONFLICT);
        assertThat(of(nothing(), LATER).ofIdentity()).isEqualTo(Given.of(Verdict.UNKNOWN, Because.NEVER_SEEN));
        var waits = new Trace(Optional.empty(), Optional.empty(), false, true, List.of(), List.of());
        assertThat(of(waits, LATER).ofIdentity()).isEqualTo(Given.of(Verdict.UNKNOWN, Because.MAY_BE_PARKED));
    }

    private static Verdicts of(Trace trace, Instant asOf) {
        return new Verdicts(trace, asOf, KEPT, HOME);
    }

    private static Trace nothing() {
        return trace(Optional.empty(), false, List.of(), 20);
    }

    private static Trace first(FirstSight first) {
        return trace(Optional.of(first), false, List.of(), 20);
    }

    /** @param handled up to which offset, everywhere */
    private static Trace trace(Optional<FirstSight> first, boolean parked, List<Refusal> refusals, long handled) {
        return new Trace(
                first,
                Optional.of(0L),
                parked,
                false,
                refusals,
                List.of(
                        new Trace.Handled(Source.REQUESTS, HOME, handled),
                        new Trace.Handled(Source.REQUESTS, 0, handled)));
    }

    private static Looked accepted(Coordinates at, int contentHash) {
        var event = new Event(
                EventKind.REQUEST, "acme", "c", "", "e", 0, "requests", "", Amounts.of(EventKind.REQUEST), contentHash);
        return looked(at, new Outcome.Accepted(received(at), event));
    }

    private static Looked rejected(Coordinates at) {
        return looked(at, new Outcome.Rejected(received(at), List.of(new Fault(Reason.TOO_OLD, "now"))));
    }

    private static Looked unread(Coordinates at) {
        return looked(at, new Outcome.Parked(received(at)));
    }

    private static Looked looked(Coordinates at, Outcome judged) {
        var found = new Original.Found(
                "requests", at.partition(), at.offset(), APPENDED, new byte[0], new byte[0], List.of(), 0, 0);
        return new Looked(at, found, new Contents.Unreadable("not of interest"), judged);
    }

    private static Received received(Coordinates at) {
        var origin = new Origin(at.topic(), at.partition(), at.offset(), APPENDED.toEpochMilli());
        return new Received(
                at.offset(), Progress.none(at.topic(), at.partition()), origin, new byte[0], new byte[0], false);
    }
}
