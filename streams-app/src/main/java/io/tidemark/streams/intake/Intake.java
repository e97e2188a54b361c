package io.tidemark.streams.intake;

import io.tidemark.schemas.Topics;
import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Claim;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Outcome;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Received;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Reads and judges one record. A bad event is an outcome, never an exception. One task's alone. */
public final class Intake {
    private final WriterSchemas schemas;
    private final Rules rules;
    private final Map<EventKind, Map<Schema, Readers>> readers = new EnumMap<>(EventKind.class);

    /** A judge by those rules. */
    public Intake(WriterSchemas schemas, TimeRule time, Predicate<String> tenantKnown) {
        this.schemas = schemas;
        this.rules = new Rules(time, tenantKnown);
    }

    /** A writer's schema as far as we could make use of it: exactly one of the two is there. */
    private record Readers(@Nullable EventReader reader, String whyNot) {}

    Outcome judge(Received received) {
        byte @Nullable [] key = received.key();
        byte @Nullable [] value = received.value();
        return judge(received, (key == null ? 0L : key.length) + (value == null ? 0L : value.length));
    }

    /**
     * What a record is.
     *
     * @param bytes how many key and value had when they came; more than they have where they were cut
     */
    public Outcome judge(Received received, long bytes) {
        byte[] value = received.value();
        if (received.origin().topic() == Source.REKEY) {
            return rejected(
                    received,
                    Reason.NO_ORIGIN,
                    "a record of the rekey topic does not say where it came from",
                    Claim.NONE);
        }
        if (value == null) {
            return rejected(received, Reason.NULL_VALUE, "the record has no value");
        }
        if (bytes > Topics.LARGEST_EVENT) {
            // The broker's limit is on compressed batches: what it let in may be too large to be sent on or kept.
            return rejected(
                    received,
                    Reason.TOO_LARGE,
                    "key and value have " + bytes + " bytes, not at most " + Topics.LARGEST_EVENT,
                    // It stays where it came: sent on, what is left of it would be judged as if it were all.
                    Claims.tenantOf(received.key()));
        }
        if (!WireFormat.isFramed(value)) {
            return rejected(received, Reason.NOT_FRAMED, "the value does not begin with 0x00 and a schema id");
        }
        int id = WireFormat.schemaId(value);
        Lookup found = schemas.find(id);
        if (found instanceof Lookup.Known known) {
            return read(received, value, known.schema(), id);
        } else if (found instanceof Lookup.Unknown) {
            return rejected(received, Reason.UNKNOWN_SCHEMA, "the registry has no schema " + id);
        } else if (found instanceof Lookup.NotAvro other) {
            return rejected(received, Reason.WRONG_SCHEMA, "schema " + id + " is " + other.type() + ", not Avro");
        }
        return new Outcome.Parked(received);
    }

    private Outcome read(Received received, byte[] value, Schema schema, int id) {
        Readers known = readers(schema, received.origin().kind());
        EventReader reader = known.reader();
        if (reader == null) {
            return rejected(received, Reason.WRONG_SCHEMA, "schema " + id + " cannot be read: " + known.whyNot());
        }
        Draft draft = reader.read(value);
        if (draft.isWhole()) {
            rules.judge(draft, received.appendedAt());
        }
        return draft.faults().isEmpty()
                ? new Outcome.Accepted(received, event(draft))
                : new Outcome.Rejected(received, draft.faults(), Claims.of(draft, received.key()));
    }

    private Readers readers(Schema schema, EventKind kind) {
        Map<Schema, Readers> ofKind = readers.get(kind);
        Readers known = ofKind == null ? null : ofKind.get(schema);
        return known != null
                ? known
                : readers.computeIfAbsent(kind, any -> new HashMap<>())
                        .computeIfAbsent(schema, writer -> readersOf(writer, kind));
    }

    private static Readers readersOf(Schema writer, EventKind kind) {
        try {
            return new Readers(EventReader.of(writer, kind), "");
        } catch (Skip.UnreadableSchema e) {
            return new Readers(null, String.valueOf(e.getMessage()));
        }
    }

    private static Event event(Draft draft) {
        boolean request = draft.kind() == EventKind.REQUEST;
        return new Event(
                draft.kind(),
                draft.text(Field.TENANT),
                draft.text(Field.CUSTOMER),
                draft.text(Field.SOURCE),
                draft.text(Field.ID),
                draft.number(Field.OCCURRED_AT),
                request ? EventKind.REQUESTS_METER : draft.text(Field.METER),
                // A currency alone is no cost, and must not make anybody's costs be in one more.
                draft.isZero(Field.COST) ? "" : draft.text(Field.CURRENCY),
                request ? ofRequest(draft) : ofUsage(draft),
                draft.contentHash());
    }

    private static Amounts ofRequest(Draft draft) {
        var reading = new Amounts(Amounts.OfRequest.SIZE);
        reading.add(Amounts.OfRequest.COUNT, 1);
        reading.add(Amounts.OfRequest.INPUT_TOKENS, draft.number(Field.INPUT_TOKENS));
        reading.add(Amounts.OfRequest.OUTPUT_TOKENS, draft.number(Field.OUTPUT_TOKENS));
        reading.add(Amounts.OfRequest.CACHED_INPUT_TOKENS, draft.number(Field.CACHED_INPUT_TOKENS));
        reading.add(Amounts.OfRequest.REASONING_TOKENS, draft.number(Field.REASONING_TOKENS));
        add(reading, Amounts.OfRequest.CREDITS, draft, Field.CREDITS);
        add(reading, Amounts.OfRequest.COST, draft, Field.COST);
        return reading;
    }

    private static Amounts ofUsage(Draft draft) {
        var reading = new Amounts(Amounts.OfUsage.SIZE);
        reading.add(Amounts.OfUsage.COUNT, 1);
        add(reading, Amounts.OfUsage.QUANTITY, draft, Field.QUANTITY);
        add(reading, Amounts.OfUsage.CREDITS, draft, Field.CREDITS);
        add(reading, Amounts.OfUsage.COST, draft, Field.COST);
        return reading;
    }

    private static void add(Amounts reading, int slot, Draft draft, Field field) {
        var large = draft.large(field);
        if (large == null) {
            reading.add(slot, draft.number(field));
        } else {
            reading.add(slot, large);
        }
    }

    /** Of a value that could not be read at all: whose it is, only the key says. */
    private static Outcome rejected(Received received, Reason reason, String detail) {
        return rejected(received, reason, detail, Claims.of(received.key()));
    }

    private static Outcome rejected(Received received, Reason reason, String detail, Claim claim) {
        return new Outcome.Rejected(received, List.of(new Fault(reason, detail)), claim);
    }
}
