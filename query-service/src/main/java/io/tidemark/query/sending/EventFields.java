package io.tidemark.query.sending;

import static io.tidemark.query.sending.EventField.optional;
import static io.tidemark.query.sending.FieldType.COUNT;
import static io.tidemark.query.sending.FieldType.DECIMAL;
import static io.tidemark.query.sending.FieldType.INSTANT;
import static io.tidemark.query.sending.FieldType.TEXT;
import static io.tidemark.query.sending.FieldType.TEXTS;

import io.tidemark.streams.event.EventKind;
import java.util.List;
import java.util.stream.Stream;

/** The fields of each kind of event, for flags and JSON alike. The tenant is not among them: the connection says it. */
public final class EventFields {
    private static final List<EventField> COMMON = List.of(
            new EventField("external_customer_id", "customer", TEXT, true, "whose event it is")
                    .or("customer_external_id"),
            optional("id", TEXT, "the same id counts once; default: a new UUID (version 7)"),
            optional("source", TEXT, "the system that the id is unique in"),
            optional("occurred_at", INSTANT, "default: now"));

    private static final List<EventField> VALUE = List.of(
            optional("credits", DECIMAL, "credits it used"),
            optional("cost", DECIMAL, "what it cost, in --currency"),
            optional("currency", TEXT, "ISO 4217; default on the command line: USD where --cost is given"));

    private static final List<EventField> REQUEST = List.of(
            optional("operation", TEXT, "such as chat or embed"),
            optional("provider", TEXT, "who ran the model"),
            optional("model", TEXT, "such as gpt-x"),
            optional("flow", TEXT, "the part of your product it belongs to"),
            optional("environment", TEXT, "such as production"),
            optional("status", TEXT, "such as success or failure"),
            optional("latency_ms", COUNT, "how long it took"),
            optional("input_tokens", COUNT, "tokens read"),
            optional("output_tokens", COUNT, "tokens written"),
            optional("cached_input_tokens", COUNT, "of the tokens read, those from a cache"),
            optional("reasoning_tokens", COUNT, "of the tokens written, those for reasoning"),
            new EventField("tags", "tag", TEXTS, false, "key=value, may be repeated"));

    private static final List<EventField> USAGE = List.of(
            new EventField("meter", "meter", TEXT, true, "what was used, such as storage_gb")
                    .or("meter_token", "metric"),
            new EventField("quantity", "quantity", DECIMAL, true, "how much, in the meter's own unit").or("units"),
            new EventField("dimensions", "dimension", TEXTS, false, "key=value, may be repeated"));

    private EventFields() {}

    /** In the order in which the help shows them. */
    public static List<EventField> of(EventKind kind) {
        List<EventField> own = kind == EventKind.REQUEST ? REQUEST : USAGE;
        return Stream.of(COMMON, own, VALUE).flatMap(List::stream).toList();
    }
}
