package io.tidemark.schemas;

import static io.tidemark.schemas.Topic.Spread.BY_CUSTOMER;
import static io.tidemark.schemas.Topic.Spread.BY_TENANT;
import static io.tidemark.schemas.Topic.Spread.ONE;

import io.tidemark.events.Customer;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.events.UsageTotals;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The topic catalogue.
 *
 * <p>{@code requests} and {@code usage} are the log every total can be rebuilt from. Their record time is the broker's
 * ({@code LogAppendTime}), so that one producer's bad clock cannot move anybody's stream time; an event's own time is in
 * its payload. {@code rekey} carries events that arrived in a partition other than their customer's, as they came; it is
 * emptied behind its reader, so it has no retention of its own.
 *
 * <p>{@code event-fates} tells who waits for it what became of an event; who did not hear it in time does not ask again.
 *
 * <p>{@code rejected-events} takes larger records than the inputs, so that whatever could be sent can be refused.
 */
public record Topics(
        Topic requests,
        Topic usage,
        Topic rekey,
        Topic customerCommands,
        Topic customerResults,
        Topic customers,
        Topic usageFeed,
        Topic rejectedEvents,
        Topic eventFates,
        Topic apiKeys,
        Topic tenants) {

    /** Largest record of {@code requests} and {@code usage}, in bytes as Kafka counts them. */
    public static final int LARGEST_EVENT = 1_048_588;

    private static final int ROOM_FOR_HEADERS = 128 * 1024;
    /** How long events are kept unless somebody says otherwise: 400 days. */
    public static final Duration KEPT = Duration.ofDays(400);

    private static final Map<String, String> COMPACT = Map.of("cleanup.policy", "compact");
    private static final Map<String, String> INPUT =
            with(kept(KEPT), "message.timestamp.type", "LogAppendTime", "max.message.bytes", "" + LARGEST_EVENT);
    /** By neither age nor size: whatever is there has not been read. */
    private static final Map<String, String> KEPT_UNTIL_READ =
            Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1");

    private static final Map<String, String> LARGER =
            Map.of("max.message.bytes", "" + (LARGEST_EVENT + ROOM_FOR_HEADERS));

    /** The catalogue under a prefix such as {@code tidemark.}, which may be empty. */
    public static Topics withPrefix(String prefix) {
        return new Topics(
                avro(prefix + "requests", BY_CUSTOMER, INPUT, RequestEvent.getClassSchema()),
                avro(prefix + "usage", BY_CUSTOMER, INPUT, UsageEvent.getClassSchema()),
                plain(prefix + "rekey", BY_CUSTOMER, merged(LARGER, KEPT_UNTIL_READ)),
                plain(prefix + "customer-commands", BY_TENANT, kept(Duration.ofDays(7))),
                plain(prefix + "customer-results", BY_TENANT, kept(Duration.ofHours(1))),
                avro(prefix + "customers", BY_CUSTOMER, COMPACT, Customer.getClassSchema()),
                avro(prefix + "usage-feed", BY_CUSTOMER, COMPACT, UsageTotals.getClassSchema()),
                plain(prefix + "rejected-events", BY_CUSTOMER, merged(LARGER, kept(KEPT))),
                plain(prefix + "event-fates", ONE, kept(Duration.ofHours(1))),
                plain(prefix + "api-keys", ONE, COMPACT),
                plain(prefix + "tenants", ONE, COMPACT));
    }

    /** Every topic, in the order of the catalogue. */
    public List<Topic> all() {
        return List.of(
                requests,
                usage,
                rekey,
                customerCommands,
                customerResults,
                customers,
                usageFeed,
                rejectedEvents,
                eventFates,
                apiKeys,
                tenants);
    }

    /** The largest request a producer must be able to send to write to any of these topics, in bytes. */
    public static int largestRequest() {
        return LARGEST_EVENT + 2 * ROOM_FOR_HEADERS;
    }

    private static Topic avro(String name, Topic.Spread spread, Map<String, String> config, Schema value) {
        return new Topic(name, spread, config, Optional.of(value));
    }

    private static Topic plain(String name, Topic.Spread spread, Map<String, String> config) {
        return new Topic(name, spread, config, Optional.empty());
    }

    private static Map<String, String> kept(Duration retention) {
        return Map.of("cleanup.policy", "delete", "retention.ms", "" + retention.toMillis());
    }

    private static Map<String, String> with(Map<String, String> config, String k1, String v1, String k2, String v2) {
        return merged(config, Map.of(k1, v1, k2, v2));
    }

    private static Map<String, String> merged(Map<String, String> some, Map<String, String> more) {
        var all = new java.util.HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }
}
