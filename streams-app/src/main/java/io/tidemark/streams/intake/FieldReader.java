package io.tidemark.streams.intake;

import io.tidemark.streams.intake.Skip.UnreadableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Reads one field as its writer laid it out into a {@link Draft}.
 *
 * <p>Which writer's types may stand for a field follows Avro's schema resolution, with two additions that keep numbers
 * right: an instant is read in the writer's own unit, and a decimal with the writer's own scale.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#schema-resolution">Avro 1.12, Schema Resolution</a>
 */
interface FieldReader {

    void read(AvroCursor in, Draft out);

    /** What is done with what only labels an event: counting needs its hash, whoever shows the event needs all of it. */
    enum Labels {
        HASHED,
        KEPT
    }

    /** How to read a field that was written with that schema. */
    static FieldReader of(Field field, Schema writer, Labels labels) {
        return switch (writer.getType()) {
            case UNION -> ofUnion(field, writer.getTypes(), labels);
            case NULL -> (in, out) -> {};
            default -> ofValue(field, writer, labels);
        };
    }

    private static FieldReader ofUnion(Field field, List<Schema> branches, Labels labels) {
        var readers = new ArrayList<FieldReader>();
        for (Schema branch : branches) {
            readers.add(of(field, branch, labels));
        }
        return (in, out) -> readers.get(Skip.branch(in, readers.size())).read(in, out);
    }

    private static FieldReader ofValue(Field field, Schema writer, Labels labels) {
        return switch (field.type()) {
            case TEXT -> new Texts(field, writer).kept();
            case LABEL ->
                labels == Labels.HASHED ? new Texts(field, writer).hashed() : new Texts(field, writer).shown();
            case LABELS ->
                labels == Labels.HASHED ? new Texts(field, writer).labels() : new Texts(field, writer).shownLabels();
            case COUNT -> ofCount(field, writer);
            case INSTANT -> ofInstant(field, writer);
            case DECIMAL -> new Decimals(field, writer);
        };
    }

    private static FieldReader ofCount(Field field, Schema writer) {
        require(writer, field, Schema.Type.INT, Schema.Type.LONG);
        var content = new Content();
        return (in, out) -> {
            long value = in.readLong();
            out.number(field, value);
            if (value != 0) {
                out.content(content.ofNumber(field.mark(), value));
            }
        };
    }

    private static FieldReader ofInstant(Field field, Schema writer) {
        require(writer, field, Schema.Type.LONG, Schema.Type.INT);
        if (writer.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            // An instant no clock shows must stay out of range, not wrap into it.
            return (in, out) -> out.number(field, Clamp.multiply(in.readLong(), 1_000));
        }
        if (writer.getLogicalType() instanceof LogicalTypes.TimestampNanos) {
            return (in, out) -> out.number(field, Math.floorDiv(in.readLong(), 1_000L));
        }
        return (in, out) -> out.number(field, in.readLong());
    }

    /** Refuses a writer's type that cannot stand for the field. */
    static void require(Schema writer, Field field, Schema.Type... possible) {
        if (!List.of(possible).contains(writer.getType())) {
            throw new UnreadableSchema("its field " + field.wireName() + " is of type "
                    + writer.getType().getName() + ", which cannot be read as "
                    + field.type().name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    /** Arithmetic that stops at the ends. */
    final class Clamp {
        private Clamp() {}

        static long multiply(long value, long by) {
            long high = Math.multiplyHigh(value, by);
            long low = value * by;
            boolean fits = (high == 0 && low >= 0) || (high == -1 && low < 0);
            if (fits) {
                return low;
            }
            return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
