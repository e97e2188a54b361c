package io.tidemark.query.cli;

import io.tidemark.query.remote.RemoteInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rejected events are meant. What the instance does not take it says itself: it may be of another release. */
final class RejectedOptions {
    static final String PATH = "/api/v1/rejected-events";

    @Option(names = "--reason", paramLabel = "REASON", description = "Such as invalid_meter; several with commas.")
    private @Nullable String reason;

    @Option(names = "--customer", paramLabel = "ID", description = "Those of one customer, by its external id.")
    private @Nullable String customer;

    @Option(names = "--event", paramLabel = "ID", description = "Those of one event, by its own id.")
    private @Nullable String event;

    @Option(names = "--period", paramLabel = "PERIOD", description = "That arrived in it: 7d, today, 2026-10.")
    private @Nullable String period;

    @Option(names = "--from", paramLabel = "WHEN", description = "That arrived then or later: 2026-10-01T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "WHEN", description = "That arrived before.")
    private @Nullable String to;

    /** What is said of them, by the names that the instance knows. */
    Map<String, Object> filters() {
        var filters = new LinkedHashMap<String, Object>();
        put(filters, "reason", reason);
        put(filters, "external_customer_id", customer);
        put(filters, "event_id", event);
        put(filters, "period", period);
        put(filters, "from", from);
        put(filters, "to", to);
        return filters;
    }

    private static void put(Map<String, Object> filters, String name, @Nullable String value) {
        if (value != null) {
            filters.put(name, value);
        }
    }

    /** A query of these. */
    static String query(Map<String, Object> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + RemoteInstance.encoded(String.valueOf(one.getValue())))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
