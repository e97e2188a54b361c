package io.tidemark.streams.intake;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Steps over a value nobody needs, as its schema says it is laid out. */
interface Skip {

    /** Ends a value that nests deeper than anybody writes by hand. */
    int DEEPEST = 64;

    /** Items without bytes, such as nulls in an array, must not cost time for nothing: no more of them than this. */
    long MOST_EMPTY_ITEMS = 1_000_000;

    void over(AvroCursor in);

    /** How to step over values of a schema; refuses one that is recursive. */
    static Skip of(Schema schema, int depth) {
        if (depth > DEEPEST) {
            throw new UnreadableSchema("it is recursive or nests deeper than " + DEEPEST);
        }
        return switch (schema.getType()) {
            case NULL -> in -> {};
            case BOOLEAN -> in -> in.skip(1);
            case INT, LONG, ENUM -> AvroCursor::readLong;
            case FLOAT -> in -> in.skip(4);
            case DOUBLE -> in -> in.skip(8);
            case STRING, BYTES -> in -> in.skip(in.readLength());
            case FIXED -> in -> in.skip(schema.getFixedSize());
            case ARRAY -> overBlocks(of(schema.getElementType(), depth + 1));
            case MAP -> {
                Skip value = of(schema.getValueType(), depth + 1);
                yield overBlocks(in -> {
                    in.skip(in.readLength());
                    value.over(in);
                });
            }
            case UNION -> overUnion(all(schema.getTypes(), depth + 1));
            case RECORD -> {
                List<Skip> fields = all(
                        schema.getFields().stream().map(Schema.Field::schema).toList(), depth + 1);
                yield in -> fields.forEach(field -> field.over(in));
            }
        };
    }

    private static List<Skip> all(List<Schema> schemas, int depth) {
        var skips = new ArrayList<Skip>();
        for (Schema schema : schemas) {
            skips.add(of(schema, depth));
        }
        return skips;
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

    /** Arrays and maps: blocks of items, each block led by its count, a negative count by its size in bytes too. */
    static Skip overBlocks(Skip item) {
        return in -> {
            long empty = 0;
            for (long count = itemsOfBlock(in); count != 0; count = itemsOfBlock(in)) {
                for (long i = 0; i < count; i++) {
                    int before = in.at();
                    item.over(in);
                    if (in.at() == before && ++empty > MOST_EMPTY_ITEMS) {
                        throw new AvroCursor.Malformed("an array claims more than a million empty items");
                    }
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
