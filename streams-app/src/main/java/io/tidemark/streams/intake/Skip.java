package io.tidemark.streams.intake;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Steps over a value nobody needs, as its schema says it is laid out. */
interface Skip {

    void over(AvroCursor in);

    /** How to step over the unknown fields of one writer; counts, so that a small schema cannot unfold into a huge one. */
    final class Unfolding {
        private static final int DEEPEST = 64;
        private static final int MOST_TYPES = 10_000;

        private int types;

        /** How to step over values of a schema; refuses one that is recursive. */
        Skip of(Schema schema) {
            return of(schema, 0);
        }

        private Skip of(Schema schema, int depth) {
            if (depth > DEEPEST) {
                throw new UnreadableSchema("it is recursive or nests deeper than " + DEEPEST);
            }
            if (++types > MOST_TYPES) {
                throw new UnreadableSchema("it unfolds to more than " + MOST_TYPES + " types");
            }
            return switch (schema.getType()) {
                case NULL -> AvroCursor::nothing;
                case BOOLEAN -> in -> in.skip(1);
                case INT, LONG, ENUM -> AvroCursor::readLong;
                case FLOAT -> in -> in.skip(4);
                case DOUBLE -> in -> in.skip(8);
                case STRING, BYTES -> in -> in.skip(in.readLength());
                case FIXED -> schema.getFixedSize() == 0 ? AvroCursor::nothing : in -> in.skip(schema.getFixedSize());
                case ARRAY -> overBlocks(of(schema.getElementType(), depth + 1));
                case MAP -> {
                    Skip value = of(schema.getValueType(), depth + 1);
                    yield overBlocks(in -> {
                        in.skip(in.readLength());
                        value.over(in);
                    });
                }
                case UNION -> overUnion(all(schema.getTypes(), depth + 1));
                case RECORD ->
                    overFields(all(
                            schema.getFields().stream()
                                    .map(Schema.Field::schema)
                                    .toList(),
                            depth + 1));
            };
        }

        private List<Skip> all(List<Schema> schemas, int depth) {
            var skips = new ArrayList<Skip>();
            for (Schema schema : schemas) {
                skips.add(of(schema, depth));
            }
            return skips;
        }
    }

    private static Skip overFields(List<Skip> fields) {
        return fields.isEmpty() ? AvroCursor::nothing : in -> fields.forEach(field -> field.over(in));
    }

    private static Skip overUnion(List<Skip> branches) {
        return in -> branches.get(branch(in, branches.size())).over(in);
    }

    /** Reads which branch of a union follows. */
    static int branch(AvroCursor in, int branches) {
        long index = in.readLong();
        if (index < 0 || index >= branches) {
            throw new AvroCursor.Malformed("a union has no branch " + index);
        }
        return (int) index;
    }

    /**
     * Arrays and maps: blocks of items, each block led by its count, a negative count by its size in bytes too. However
     * many items it claims: each takes a byte or counts as nothing, so the loop ends with the one or the other.
     */
    static Skip overBlocks(Skip item) {
        return in -> {
            for (long count = itemsOfBlock(in); count != 0; count = itemsOfBlock(in)) {
                for (long i = 0; i < count; i++) {
                    item.over(in);
                }
            }
        };
    }

    /** How many items the next block holds; 0 ends the array or map. */
    static long itemsOfBlock(AvroCursor in) {
        long count = in.readLong();
        if (count >= 0) {
            return count;
        }
        in.readLong();
        if (count == Long.MIN_VALUE) {
            throw new AvroCursor.Malformed("a block claims more items than can be");
        }
        return -count;
    }

    /** The schema cannot be read as the topic's event, and why. */
    final class UnreadableSchema extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableSchema(String message) {
            super(message, null, false, false);
        }
    }
}
