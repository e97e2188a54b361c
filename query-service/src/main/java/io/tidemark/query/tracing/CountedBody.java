package io.tidemark.query.tracing;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.tracing.Looked;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The record that was counted: where it lies, and, where it can still be read, in which minute of which meter it was counted with what.
 *
 * @param late whether it was appended more than an hour after it occurred: who looked before saw another total
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CountedBody(
        String topic,
        int partition,
        long offset,
        @Nullable Instant appendedAt,
        @Nullable Instant occurredAt,
        @Nullable Instant minute,
        @Nullable Boolean late,
        @Nullable String meter,
        @Nullable String kind,
        @Nullable BigInteger inputTokens,
        @Nullable BigInteger outputTokens,
        @Nullable BigInteger cachedInputTokens,
        @Nullable BigInteger reasoningTokens,
        @Nullable BigDecimal quantity,
        @Nullable BigDecimal credits,
        @Nullable List<Cost> cost) {
    private static final Duration LATE_AFTER = Duration.ofHours(1);
    private static final int SCALE = 9;

    /** An amount in its ISO 4217 currency. */
    record Cost(String currency, BigDecimal amount) {}

    static CountedBody of(Coordinates at, Optional<Looked> record) {
        return record.flatMap(looked -> looked.event().map(event -> of(at, looked, event)))
                .orElseGet(() -> new CountedBody(
                        FateBody.name(at.topic()),
                        at.partition(),
                        at.offset(),
                        record.map(looked -> looked.original().appendedAt()).orElse(null),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private static CountedBody of(Coordinates at, Looked looked, Event event) {
        boolean request = event.kind() == EventKind.REQUEST;
        Amounts reading = event.reading();
        Instant occurred = Instant.EPOCH.plus(event.occurredAt(), ChronoUnit.MICROS);
        Instant appended = looked.original().appendedAt();
        int credits = request ? Amounts.OfRequest.CREDITS : Amounts.OfUsage.CREDITS;
        int cost = request ? Amounts.OfRequest.COST : Amounts.OfUsage.COST;
        return new CountedBody(
                FateBody.name(at.topic()),
                at.partition(),
                at.offset(),
                appended,
                occurred,
                occurred.truncatedTo(ChronoUnit.MINUTES),
                occurred.plus(LATE_AFTER).isBefore(appended),
                event.meter(),
                event.kind().label(),
                request ? reading.get(Amounts.OfRequest.INPUT_TOKENS) : null,
                request ? reading.get(Amounts.OfRequest.OUTPUT_TOKENS) : null,
                request ? reading.get(Amounts.OfRequest.CACHED_INPUT_TOKENS) : null,
                request ? reading.get(Amounts.OfRequest.REASONING_TOKENS) : null,
                request ? null : decimal(reading, Amounts.OfUsage.QUANTITY),
                decimal(reading, credits),
                event.currency().isEmpty() ? List.of() : List.of(new Cost(event.currency(), decimal(reading, cost))));
    }

    private static BigDecimal decimal(Amounts reading, int slot) {
        return new BigDecimal(reading.get(slot), SCALE);
    }
}
