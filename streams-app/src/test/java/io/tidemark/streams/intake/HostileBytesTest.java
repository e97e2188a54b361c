package io.tidemark.streams.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tidemark.events.RequestEvent;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.fixtures.Fields;
import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nobody writes by accident: it must end, soon, as a fault, and cost no memory. */
@NullMarked
@Timeout(20)
class HostileBytesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Schema TODAY = RequestEvent.getClassSchema();
    private static final Schema NULL = Schema.create(Schema.Type.NULL);

    private final Wire wire = new Wire();
    private final Judging judging = new Judging(wire);

    @Test
    void areNeverAnException() {
        var random = new Random(5);
        byte[] good = wire.frame(TODAY, Fields.valid(NOW).write(TODAY));
        for (int i = 0; i < 60_000; i++) {
            byte[] bytes = i % 2 == 0 ? mutated(good, random) : noise(random);
            assertThatCode(() -> judging.request(bytes, NOW))
                    .as("%s", Arrays.toString(bytes))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void areNeverAnExceptionWhateverTheirSchemaIs() {
        for (long seed = 1; seed <= 400; seed++) {
            var random = new Random(seed);
            Schema schema = new RandomWriter(random).schema(EventKind.REQUEST, TODAY);
            for (int i = 0; i < 50; i++) {
                byte[] body = new byte[random.nextInt(200)];
                random.nextBytes(body);
                byte[] bytes = wire.frame(schema, body);
                assertThatCode(() -> judging.request(bytes, NOW))
                        .as("seed %d", seed)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = Arrays.copyOf(good, random.nextInt(3) == 0 ? 6 + random.nextInt(good.length) : good.length);
        for (int i = random.nextInt(5); i >= 0; i--) {
            bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private byte[] noise(Random random) {
        byte[] body = new byte[random.nextInt(80)];
        random.nextBytes(body);
        return wire.frame(TODAY, body);
    }

    @Test
    void costNothingWhenTheyClaimToBeLong() {
        for (long length : List.of(1L << 31, (1L << 31) - 1, Long.MAX_VALUE, -1L, Long.MIN_VALUE)) {
            assertThat(reasons(wire.frame(TODAY, varint(length)))).containsExactly(Reason.MALFORMED);
        }
    }

    @Test
    void areMalformedWithAnIntegerOfElevenBytes() {
        byte[] eleven = new byte[11];
        Arrays.fill(eleven, (byte) 0x80);
        eleven[10] = 1;
        assertThat(reasons(wire.frame(TODAY, eleven))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void areMalformedWithMoreEmptyItemsThanAnybodyNeeds() {
        Schema schema = unknown(Schema.createArray(NULL));
        assertThat(reasons(framed(schema, varint(1L << 62), varint(0)))).containsExactly(Reason.MALFORMED);
        assertThat(reasons(framed(schema, varint(Long.MIN_VALUE), varint(0), varint(0))))
                .containsExactly(Reason.MALFORMED);
        assertThat(reasons(framed(schema, varint(-(1L << 62)), varint(0), varint(0))))
                .containsExactly(Reason.MALFORMED);
    }

    @Test
    void areMalformedWithABlockOfAMapThatIsEndless() {
        Schema schema = unknown(Schema.createMap(NULL));
        assertThat(reasons(framed(schema, varint(Long.MIN_VALUE), varint(0)))).containsExactly(Reason.MALFORMED);
        assertThat(reasons(framed(schema, varint(Long.MAX_VALUE)))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void endSoonWhenEmptyItemsAreNested() {
        Schema schema = unknown(Schema.createArray(Schema.createArray(NULL)));
        var inner = new ArrayList<byte[]>();
        inner.add(varint(100_000));
        for (int i = 0; i < 100_000; i++) {
            inner.add(varint(900_000));
            inner.add(varint(0));
        }
        inner.add(varint(0));
        assertThat(reasons(framed(schema, inner.toArray(byte[][]::new)))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void endSoonWhenTheirSchemaUnfoldsToMoreThanItSays() {
        Schema doubling = Schema.createRecord("R0", null, null, false, List.of(new Schema.Field("n", NULL)));
        for (int i = 1; i < 45; i++) {
            doubling = Schema.createRecord(
                    "R" + i,
                    null,
                    null,
                    false,
                    List.of(new Schema.Field("one", doubling), new Schema.Field("other", doubling)));
        }
        assertThat(reasons(framed(unknown(doubling)))).containsExactly(Reason.WRONG_SCHEMA);
    }

    @Test
    void endSoonWhenARecordOfManyEmptyFieldsIsRepeated() {
        var fields = new ArrayList<Schema.Field>();
        for (int i = 0; i < 1_000; i++) {
            fields.add(new Schema.Field("n" + i, NULL));
        }
        Schema wide = Schema.createRecord("Wide", null, null, false, fields);
        Schema schema = unknown(Schema.createArray(wide));
        assertThat(reasons(framed(schema, varint(1L << 40)))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void areRefusedWithASchemaThatIsRecursive() {
        Schema list = Schema.createRecord("List", null, null, false);
        list.setFields(List.of(new Schema.Field("next", Schema.createUnion(NULL, list))));
        assertThat(reasons(framed(unknown(list), varint(0)))).containsExactly(Reason.WRONG_SCHEMA);
    }

    @Test
    void endSoonWithADecimalOfABillionFractionDigits() {
        Schema absurd =
                LogicalTypes.decimal(1_500_000_000, 1_000_000_000).addToSchema(Schema.create(Schema.Type.BYTES));
        Schema schema = Fields.changed(TODAY, "credits", type -> absurd);
        byte[] one = Fields.valid(NOW)
                .with("credits", java.nio.ByteBuffer.wrap(new byte[] {1}))
                .write(schema);
        byte[] zero = Fields.valid(NOW)
                .with("credits", java.nio.ByteBuffer.wrap(new byte[] {0}))
                .write(schema);
        assertThat(reasons(wire.frame(schema, one))).containsExactly(Reason.TOO_PRECISE);
        assertThat(reasons(wire.frame(schema, zero))).isEmpty();
    }

    @Test
    void areTooLargeWithADecimalOfThousandsOfBytes() {
        byte[] body = Fields.valid(NOW)
                .with("credits", java.nio.ByteBuffer.wrap(new byte[5_000]))
                .write(TODAY);
        assertThat(reasons(wire.frame(TODAY, body))).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void areMalformedWithADecimalOfNoBytes() {
        byte[] body = Fields.valid(NOW)
                .with("cost", java.nio.ByteBuffer.wrap(new byte[0]))
                .write(TODAY);
        assertThat(reasons(wire.frame(TODAY, body))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void areMalformedWhenTheirTextIsNotUtf8() {
        Schema schema = Fields.changed(TODAY, "id", type -> Schema.create(Schema.Type.BYTES));
        byte[] body = Fields.valid(NOW)
                .with("id", java.nio.ByteBuffer.wrap(new byte[] {(byte) 0xc3, 0x28}))
                .write(schema);
        assertThat(reasons(wire.frame(schema, body))).containsExactly(Reason.MALFORMED);
    }

    @Test
    void saySoWhenTheirSchemaCannotBeFound() {
        assertThat(reasons(new byte[] {0, 0, 0, 0, 77, 2})).containsExactly(Reason.UNKNOWN_SCHEMA);
        assertThat(new Judging(id -> new Lookup.NotAvro("PROTOBUF")).reasons(new byte[] {0, 0, 0, 0, 7}, NOW))
                .containsExactly(Reason.WRONG_SCHEMA);
        assertThat(reasons(new byte[] {0, 0, 0, 7})).containsExactly(Reason.NOT_FRAMED);
        assertThat(reasons(new byte[] {1, 0, 0, 0, 7})).containsExactly(Reason.NOT_FRAMED);
    }

    @Test
    void judgeTheTimeOfAnInstantThatNoClockShows() {
        for (long occurred : List.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
            byte[] body = Fields.valid(NOW).with("occurred_at", occurred).write(TODAY);
            assertThat(reasons(wire.frame(TODAY, body)))
                    .containsExactly(occurred < 0 ? Reason.TOO_OLD : Reason.IN_THE_FUTURE);
            Schema millis = Fields.changed(
                    TODAY,
                    "occurred_at",
                    type -> LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)));
            assertThat(reasons(wire.frame(
                            millis,
                            Fields.valid(NOW).with("occurred_at", occurred).write(millis))))
                    .containsExactly(occurred < 0 ? Reason.TOO_OLD : Reason.IN_THE_FUTURE);
        }
    }

    private List<Reason> reasons(byte[] value) {
        long begin = System.nanoTime();
        List<Reason> reasons =
                judging.request(value, NOW).stream().map(Fault::reason).toList();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        return reasons;
    }

    private static Schema unknown(Schema type) {
        return Fields.extended(TODAY, "unknown", type);
    }

    /** A valid event, then these bytes as the unknown last field. */
    private byte[] framed(Schema schema, byte[]... last) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(Fields.valid(NOW).with("credits", BigDecimal.ONE).write(TODAY));
        for (byte[] bytes : last) {
            out.writeBytes(bytes);
        }
        return wire.frame(schema, out.toByteArray());
    }

    /** An Avro integer. */
    private static byte[] varint(long value) {
        var out = new ByteArrayOutputStream();
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7fL) != 0) {
            out.write((int) ((zigzag & 0x7f) | 0x80));
            zigzag >>>= 7;
        }
        out.write((int) zigzag);
        return out.toByteArray();
    }
}
