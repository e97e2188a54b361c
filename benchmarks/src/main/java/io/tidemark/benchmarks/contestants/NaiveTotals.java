package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Tally;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/** Sums as a generic record. Money as scaled whole numbers, not decimals, to the naive one's advantage. */
final class NaiveTotals {
    private static final List<String> TOKENS =
            List.of("input_tokens", "output_tokens", "cached_input_tokens", "reasoning_tokens");
    private static final List<String> DECIMALS = List.of("credits", "cost");
    private static final Schema SCHEMA = schema();

    private NaiveTotals() {}

    private static Schema schema() {
        var fields = SchemaBuilder.record("NaiveTotals")
                .namespace("io.tidemark.benchmarks")
                .fields();
        fields.requiredLong("events");
        TOKENS.forEach(fields::requiredLong);
        DECIMALS.forEach(fields::requiredLong);
        return fields.endRecord();
    }

    static GenericRecord none() {
        var none = new GenericData.Record(SCHEMA);
        for (int i = 0; i < Tally.SIZE; i++) {
            none.put(i, 0L);
        }
        return none;
    }

    static GenericRecord plus(GenericRecord sums, GenericRecord event) {
        var sum = new GenericData.Record(SCHEMA);
        sum.put("events", (long) sums.get("events") + 1);
        TOKENS.forEach(field -> sum.put(field, (long) sums.get(field) + (long) event.get(field)));
        DECIMALS.forEach(field -> sum.put(field, (long) sums.get(field) + units((ByteBuffer) event.get(field))));
        return sum;
    }

    private static long units(ByteBuffer decimal) {
        var bytes = new byte[decimal.remaining()];
        decimal.duplicate().get(bytes);
        return new BigInteger(bytes).longValueExact();
    }

    static long occurredMillis(Object event) {
        return Math.floorDiv((long) ((GenericRecord) event).get("occurred_at"), 1_000L);
    }

    static Tally tally(GenericRecord sums) {
        var amounts = new long[Tally.SIZE];
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] = (long) sums.get(i);
        }
        return Tally.of(amounts);
    }
}
