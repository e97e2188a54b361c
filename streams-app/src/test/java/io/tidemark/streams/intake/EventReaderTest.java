package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fixtures.Fields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Against Avro's own reader, over producers' schemas of every kind. */
@NullMarked
class EventReaderTest {
    private static final int WRITERS = 1_500;

    @Test
    void readsWhatAvroReads() throws IOException {
        for (long seed = 1; seed <= WRITERS; seed++) {
            var random = new Random(seed);
            EventKind kind = random.nextBoolean() ? EventKind.REQUEST : EventKind.USAGE;
            Schema today = kind == EventKind.REQUEST ? RequestEvent.getClassSchema() : UsageEvent.getClassSchema();
            var producer = new RandomWriter(random);
            Schema writer = producer.schema(kind, today);
            EventReader reader = EventReader.of(writer, kind);
            for (int i = 0; i < 4; i++) {
                byte[] framed = write(producer.record(writer), writer, random.nextBoolean());
                GenericRecord wanted = avro(framed, writer, resolution(kind, writer, today));
                compare(kind, wanted, reader.read(framed), "seed " + seed);
            }
        }
    }

    private static void compare(EventKind kind, GenericRecord wanted, Draft draft, String seed) {
        assertThat(draft.isWhole()).as(seed + " " + draft.faults()).isTrue();
        for (Field field : Field.of(kind)) {
            Object value = wanted.get(field.wireName());
            String what = seed + " " + field;
            switch (field.type()) {
                case TEXT -> assertThat(draft.text(field)).as(what).isEqualTo(text(value));
                case COUNT -> assertThat(draft.number(field)).as(what).isEqualTo(number(value));
                case INSTANT ->
                    assertThat(draft.number(field)).as(what).isEqualTo(micros(value, typeOf(wanted, field)));
                case DECIMAL -> decimal(draft, field, value, typeOf(wanted, field), what);
                case LABEL, LABELS -> assertThat(draft.has(field)).as(what).isFalse();
            }
        }
    }

    private static void decimal(Draft draft, Field field, @Nullable Object value, Schema type, String what) {
        BigInteger units = unscaled(value);
        int scale = type.getLogicalType() instanceof LogicalTypes.Decimal decimal ? decimal.getScale() : 9;
        BigDecimal wanted = new BigDecimal(units, scale);
        BigInteger large = draft.large(field);
        BigInteger found = large == null ? BigInteger.valueOf(draft.number(field)) : large;
        boolean precise = wanted.stripTrailingZeros().scale() <= 9;
        assertThat(draft.faults().stream()
                        .anyMatch(fault -> fault.reason() == Reason.TOO_PRECISE
                                && fault.detail().startsWith(field.wireName())))
                .as(what)
                .isEqualTo(!precise);
        if (precise) {
            assertThat(new BigDecimal(found, 9)).as(what).isEqualByComparingTo(wanted);
        }
    }

    private static BigInteger unscaled(@Nullable Object value) {
        if (value == null) {
            return BigInteger.ZERO;
        }
        return new BigInteger(value instanceof GenericFixed fixed ? fixed.bytes() : bytes((ByteBuffer) value));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static long number(@Nullable Object value) {
        return value == null ? 0 : ((Number) value).longValue();
    }

    private static long micros(@Nullable Object value, Schema type) {
        BigInteger written = BigInteger.valueOf(number(value));
        if (type.getLogicalType() instanceof LogicalTypes.TimestampMillis) {
            return written.multiply(BigInteger.valueOf(1_000))
                    .max(BigInteger.valueOf(Long.MIN_VALUE))
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
        return type.getLogicalType() instanceof LogicalTypes.TimestampNanos
                ? Math.floorDiv(number(value), 1_000L)
                : number(value);
    }

    private static Schema typeOf(GenericRecord record, Field field) {
        return Fields.present(record.getSchema().getField(field.wireName()).schema());
    }

    /** Today's schema, everything optional; amounts and instants in the writer's own unit, which Avro does not convert. */
    private static Schema resolution(EventKind kind, Schema writer, Schema today) {
        var fields = new ArrayList<Schema.Field>();
        for (Field field : Field.of(kind)) {
            Schema.Field written = writer.getField(field.wireName());
            boolean asWritten =
                    written != null && (field.type() == Field.Type.DECIMAL || field.type() == Field.Type.INSTANT);
            Schema type = Fields.present(
                    asWritten && written != null
                            ? written.schema()
                            : today.getField(field.wireName()).schema());
            fields.add(
                    new Schema.Field(field.wireName(), Fields.nullable(type), null, Schema.Field.NULL_DEFAULT_VALUE));
        }
        return Fields.record(today, fields);
    }

    private static GenericRecord avro(byte[] framed, Schema writer, Schema reader) throws IOException {
        var decoder = DecoderFactory.get().binaryDecoder(framed, 5, framed.length - 5, null);
        return new GenericDatumReader<GenericRecord>(writer, reader, new GenericData()).read(null, decoder);
    }

    private static byte[] write(GenericRecord record, Schema schema, boolean inBlocks) throws IOException {
        var out = new ByteArrayOutputStream();
        out.write(new byte[5]);
        BinaryEncoder encoder = inBlocks
                ? new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(out, null)
                : EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, new GenericData()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    @Test
    void refusesASchemaThatIsNotTheEvents() {
        Schema today = RequestEvent.getClassSchema();
        assertRefused(UsageEvent.getClassSchema(), "not a record called RequestEvent");
        assertRefused(Schema.create(Schema.Type.STRING), "not a record called RequestEvent");
        assertRefused(Fields.changed(today, "id", type -> null), "it lacks id");
        assertRefused(Fields.changed(today, "id", type -> Schema.create(Schema.Type.LONG)), "id is of type long");
        assertRefused(
                Fields.changed(today, "credits", type -> Schema.create(Schema.Type.DOUBLE)),
                "credits is of type double");
        assertRefused(
                Fields.changed(today, "tags", type -> Schema.createMap(Schema.create(Schema.Type.LONG))),
                "tags is of type long");
    }

    private static void assertRefused(Schema writer, String why) {
        assertThatThrownBy(() -> EventReader.of(writer, EventKind.REQUEST))
                .isInstanceOf(Skip.UnreadableSchema.class)
                .hasMessageContaining(why);
    }
}
