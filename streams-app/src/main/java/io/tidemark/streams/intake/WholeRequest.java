package io.tidemark.streams.intake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * All that a request event says, as somebody is to be shown it: labels and tags too, which counting only hashes. A text is empty where the
 * event has none.
 *
 * @param occurredAt by the producer's clock
 * @param credits exactly; with the nine fraction digits that amounts have
 * @param cost the same, in units of {@code currency}
 * @param tags the producer's own, by name
 */
public record WholeRequest(
        String id,
        String source,
        String tenant,
        String customer,
        Instant occurredAt,
        String operation,
        String provider,
        String model,
        String flow,
        String environment,
        String status,
        OptionalLong latencyMillis,
        long inputTokens,
        long outputTokens,
        long cachedInputTokens,
        long reasoningTokens,
        BigDecimal credits,
        BigDecimal cost,
        String currency,
        Map<String, String> tags) {

    public WholeRequest {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
