package io.tidemark.streams.intake;

import io.tidemark.streams.event.EventKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/** Reads request events that were accepted, as they were written with one schema, to be shown. One thread's alone. */
public final class WholeRequests {
    private final EventReader reader;

    private WholeRequests(EventReader reader) {
        this.reader = reader;
    }

    /**
     * A reader of what {@code writer} writes.
     *
     * @throws IllegalArgumentException when that is no request event, so that none can have been accepted
     */
    public static WholeRequests of(Schema writer) {
        try {
            return new WholeRequests(EventReader.of(writer, EventKind.REQUEST, FieldReader.Labels.KEPT));
        } catch (Skip.UnreadableSchema e) {
            throw new IllegalArgumentException("no request was accepted that was written so", e);
        }
    }

    /**
     * What the Avro value says that begins at {@code from} and ends where the bytes end.
     *
     * @throws IllegalStateException when these are not the bytes of an event that was accepted
     */
    public WholeRequest read(byte[] bytes, int from) {
        Draft draft = reader.read(bytes, from);
        if (!draft.isWhole()) {
            throw new IllegalStateException("what was accepted cannot be read again: " + draft.faults());
        }
        return new WholeRequest(
                draft.text(Field.ID),
                draft.text(Field.SOURCE),
                draft.text(Field.TENANT),
                draft.text(Field.CUSTOMER),
                Instant.EPOCH.plus(draft.number(Field.OCCURRED_AT), ChronoUnit.MICROS),
                draft.text(Field.OPERATION),
                draft.text(Field.PROVIDER),
                draft.text(Field.MODEL),
                draft.text(Field.FLOW),
                draft.text(Field.ENVIRONMENT),
                draft.text(Field.STATUS),
                draft.has(Field.LATENCY) ? OptionalLong.of(draft.number(Field.LATENCY)) : OptionalLong.empty(),
                draft.number(Field.INPUT_TOKENS),
                draft.number(Field.OUTPUT_TOKENS),
                draft.number(Field.CACHED_INPUT_TOKENS),
                draft.number(Field.REASONING_TOKENS),
                decimal(draft, Field.CREDITS),
                decimal(draft, Field.COST),
                draft.text(Field.CURRENCY),
                draft.labels());
    }

    private static BigDecimal decimal(Draft draft, Field field) {
        BigInteger large = draft.large(field);
        return new BigDecimal(large == null ? BigInteger.valueOf(draft.number(field)) : large, Decimals.SCALE);
    }
}
