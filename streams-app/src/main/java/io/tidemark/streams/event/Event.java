package io.tidemark.streams.event;

/**
 * What an event says, once it is read and judged good.
 *
 * @param source the producing system; empty where none was named
 * @param occurredAt by the producer's clock, UTC microseconds since 1970-01-01
 * @param meter what it is a reading of; {@link EventKind#REQUESTS_METER} for requests
 * @param currency ISO 4217 code; empty where there is no cost
 * @param reading what it adds to a slot, in the slot order of its kind
 * @param contentHash of all it says beyond its identity and time, to tell a repeat from a conflict
 */
public record Event(
        EventKind kind,
        String tenant,
        String customer,
        String source,
        String id,
        long occurredAt,
        String meter,
        String currency,
        Amounts reading,
        int contentHash) {}
