package io.tidemark.query.tracing;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.tracing.Because;
import io.tidemark.streams.tracing.Difference;
import io.tidemark.streams.tracing.Looked;
import io.tidemark.streams.tracing.Refusal;
import io.tidemark.streams.tracing.Traced;
import io.tidemark.streams.tracing.Traced.Missing;
import io.tidemark.streams.tracing.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What may be said of an event, for those who show it. */
@NullMarked
public final class ToldFates {
    private static final Coordinates FIRST = new Coordinates(Source.REQUESTS, 3, 17);
    private static final Coordinates OTHER = new Coordinates(Source.REQUESTS, 3, 19);
    private static final Instant APPENDED = Instant.parse("2026-10-20T12:34:56.100Z");
    private static final Freshness FRESHNESS =
            new Freshness(Instant.parse("2026-10-20T12:35:00Z"), List.of(), "a-position");

    private ToldFates() {}

    public static Traced counted() {
        return traced(Verdict.COUNTED, null, looked(FIRST, "1.25"), null, null, List.of(), List.of());
    }

    public static Traced conflict() {
        return traced(
                Verdict.CONFLICT,
                null,
                looked(FIRST, "1.25"),
                looked(OTHER, "2"),
                null,
                List.of(new Difference("credits", "1.25", "2")),
                List.of());
    }

    public static Traced rejected() {
        var fault = new Fault(Reason.CURRENCY_MISSING, "cost is not zero and currency is missing", "currency");
        return traced(
                Verdict.REJECTED,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(new Refusal(OTHER, APPENDED.toEpochMilli(), List.of(fault))));
    }

    public static Traced unknown(Because because) {
        return traced(Verdict.UNKNOWN, because, null, null, null, List.of(), List.of());
    }

    public static Traced countedAndGone() {
        Traced shown = counted();
        return new Traced(
                shown.verdict(),
                Optional.empty(),
                shown.first(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Missing.GONE),
                List.of(),
                List.of(),
                false,
                shown.idsKnownSince(),
                FRESHNESS);
    }

    private static Traced traced(
            Verdict verdict,
            @Nullable Because because,
            @Nullable Looked counted,
            @Nullable Looked meant,
            @Nullable Missing missing,
            List<Difference> differences,
            List<Refusal> refusals) {
        return new Traced(
                verdict,
                Optional.ofNullable(because),
                counted == null ? Optional.empty() : Optional.of(new FirstSight(1, counted.at())),
                Optional.ofNullable(counted),
                Optional.ofNullable(meant),
                Optional.ofNullable(missing),
                differences,
                refusals,
                false,
                Instant.parse("2026-09-15T12:20:00Z"),
                FRESHNESS);
    }

    private static Looked looked(Coordinates at, String credits) {
        var reading = Amounts.of(EventKind.REQUEST);
        reading.add(Amounts.OfRequest.INPUT_TOKENS, 812);
        reading.add(Amounts.OfRequest.CREDITS, 1_250_000_000L);
        reading.add(Amounts.OfRequest.COST, 4_200_000L);
        var event = new Event(
                EventKind.REQUEST, "acme", "c1", "", "req-1", 1_792_496_095_000_000L, "requests", "USD", reading, 1);
        var origin = new Origin(at.topic(), at.partition(), at.offset(), APPENDED.toEpochMilli());
        var received = new Received(at.offset(), Progress.none(at.topic(), 3), origin, new byte[0], new byte[0], false);
        var fields = new HashMap<String, @Nullable Object>();
        fields.put("id", "req-1");
        fields.put("source", null);
        fields.put("credits", credits);
        fields.put("occurred_at", Instant.parse("2026-10-20T11:34:55Z"));
        var original = new Original.Found(
                "tidemark.requests",
                at.partition(),
                at.offset(),
                APPENDED,
                "acme/c1".getBytes(UTF_8),
                new byte[] {0},
                List.of(new Original.Header("trace", new byte[] {(byte) 0xff})),
                7,
                1);
        return new Looked(
                at,
                original,
                new Contents.Said(4, "io.tidemark.events.RequestEvent", fields),
                new Outcome.Accepted(received, event));
    }
}
