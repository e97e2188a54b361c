package io.tidemark.query.logs;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.customers.Whose;
import io.tidemark.streams.intake.WholeRequest;
import io.tidemark.streams.reading.Freshness;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.requestlog.LogPage;
import io.tidemark.streams.requestlog.LoggedRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of the request log as it is sent; {@code period} is null where all that is kept was asked for. */
record RequestLogBody(
        List<Row> data,
        Meta meta,
        @Nullable Period period,
        LogBody log,
        Instant asOf,
        boolean complete,
        List<Integer> missingPartitions,
        String position) {

    record Meta(@Nullable String nextCursor) {}

    /** Where the event's record lies; the topic as other questions about events name it. */
    record Coordinates(String topic, int partition, long offset) {}

    /** What the event does not say is null. */
    record Row(
            String id,
            @Nullable String source,
            Whose customer,
            Instant occurredAt,
            Instant arrivedAt,
            @Nullable String operation,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String flow,
            @Nullable String environment,
            @Nullable String status,
            @Nullable Long latencyMs,
            long inputTokens,
            long outputTokens,
            long cachedInputTokens,
            long reasoningTokens,
            BigDecimal credits,
            BigDecimal cost,
            @Nullable String currency,
            Map<String, String> tags,
            Coordinates record) {}

    static RequestLogBody of(Part<LogPage> part, LogsAsked asked, String tenant, Customers customers) {
        LogPage page = part.value();
        Freshness freshness = part.freshness();
        var known = new HashMap<String, Whose>();
        List<Row> rows = page.shown(asked.limit()).stream()
                .map(row -> row(
                        row,
                        known.computeIfAbsent(
                                row.said().customer(), id -> new Whose(id, customers.meant(tenant, id, false)))))
                .toList();
        return new RequestLogBody(
                rows,
                new Meta(page.end(asked.limit())
                        .map(end -> new LogCursor(asked.period(), asked.spelling(), end, freshness.position()))
                        .map(LogCursor::encoded)
                        .orElse(null)),
                asked.period().orElse(null),
                LogBody.of(page.log()),
                freshness.asOf(),
                freshness.complete(),
                freshness.missingPartitions(),
                freshness.position());
    }

    private static Row row(LoggedRequest row, Whose whose) {
        WholeRequest said = row.said();
        return new Row(
                said.id(),
                given(said.source()),
                whose,
                said.occurredAt(),
                row.arrivedAt(),
                given(said.operation()),
                given(said.provider()),
                given(said.model()),
                given(said.flow()),
                given(said.environment()),
                given(said.status()),
                said.latencyMillis().isPresent() ? (Long) said.latencyMillis().getAsLong() : null,
                said.inputTokens(),
                said.outputTokens(),
                said.cachedInputTokens(),
                said.reasoningTokens(),
                said.credits(),
                said.cost(),
                given(said.currency()),
                said.tags(),
                new Coordinates(
                        row.place().source().name().toLowerCase(Locale.ROOT),
                        row.place().partition(),
                        row.place().offset()));
    }

    private static @Nullable String given(String text) {
        return text.isEmpty() ? null : text;
    }
}
