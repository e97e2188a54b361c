package io.tidemark.dev.guarantees;

import io.tidemark.dev.fixtures.Framing;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** Every kind of record that must not be counted, and the reason it must be refused with. */
@NullMarked
enum Poison {
    NOTHING("null_value"),
    EMPTY("not_framed"),
    TOO_SHORT("not_framed"),
    WRONG_MAGIC("not_framed"),
    UNKNOWN_ID("unknown_schema"),
    TRUNCATED("malformed"),
    TRAILING("malformed"),
    GARBAGE_BODY("malformed"),
    OTHER_TOPICS_EVENT("wrong_schema"),
    OTHER_TYPE_OF_FIELD("wrong_schema"),
    NO_RECORD("wrong_schema"),
    BAD_CURRENCY_AND_300_KB("invalid_currency"),
    MODEL_OF_2_MB("too_large"),
    CUSTOMER_OF_2_MB("too_large"),
    KEY_OF_2_MB("too_large"),
    GARBAGE_OF_20_MB("too_large"),
    EVENT_OF_20_MB("too_large"),
    UNKNOWN_ID_AND_20_MB("too_large");

    static final int MB = 1 << 20;
    private static final Schema OTHER_TYPE = SchemaBuilder.record("RequestEvent")
            .namespace("io.tidemark.events")
            .fields()
            .requiredLong("id")
            .requiredString("tenant_id")
            .requiredString("external_customer_id")
            .requiredLong("occurred_at")
            .endRecord();
    private static final Schema NO_EVENT =
            SchemaBuilder.record("Invoice").fields().requiredString("id").endRecord();
    private static final int NOBODYS = 1_999_999_999;

    final String reason;

    Poison(String reason) {
        this.reason = reason;
    }

    static Framing register(Framing framing) {
        return framing.register("tidemark.requests-value", RequestEvent.getClassSchema())
                .register("tidemark.usage-value", UsageEvent.getClassSchema())
                .register("elsewhere-value", OTHER_TYPE)
                .register("invoices-value", NO_EVENT);
    }

    byte[] key(byte[] customers) {
        return this == KEY_OF_2_MB ? Arrays.copyOf(customers, 2 * MB) : customers;
    }

    /** The value; of the events it is made of, {@code event} belongs to the topic. */
    byte @Nullable [] value(Framing framing, SpecificRecordBase event, SpecificRecordBase others) {
        byte[] good = framing.frame(event);
        return switch (this) {
            case NOTHING -> null;
            case EMPTY -> new byte[0];
            case TOO_SHORT -> Arrays.copyOf(good, 4);
            case WRONG_MAGIC -> {
                good[0] = 1;
                yield good;
            }
            case UNKNOWN_ID -> Framing.framed(NOBODYS, Arrays.copyOfRange(good, 5, good.length));
            case TRUNCATED -> Arrays.copyOf(good, good.length - 3);
            case TRAILING -> Arrays.copyOf(good, good.length + 1);
            case GARBAGE_BODY -> garbage(good, 1_000);
            case OTHER_TOPICS_EVENT -> framing.frame(others);
            case OTHER_TYPE_OF_FIELD -> framing.frame(otherType(event));
            case NO_RECORD ->
                framing.frame(new GenericRecordBuilder(NO_EVENT).set("id", "i1").build());
            case BAD_CURRENCY_AND_300_KB -> framing.frame(badCurrency(event));
            case MODEL_OF_2_MB -> framing.frame(labelled(event, "m".repeat(2 * MB)));
            case CUSTOMER_OF_2_MB -> framing.frame(of(event, "c".repeat(2 * MB)));
            case KEY_OF_2_MB -> good;
            case GARBAGE_OF_20_MB -> garbage(good, 20 * MB);
            case EVENT_OF_20_MB -> framing.frame(labelled(event, "m".repeat(20 * MB)));
            case UNKNOWN_ID_AND_20_MB -> Framing.framed(NOBODYS, new byte[20 * MB]);
        };
    }

    private static byte[] garbage(byte[] good, int bytes) {
        byte[] value = new byte[bytes];
        Arrays.fill(value, (byte) 0xff);
        System.arraycopy(good, 0, value, 0, 5);
        return value;
    }

    private static GenericRecord otherType(SpecificRecordBase event) {
        return new GenericRecordBuilder(OTHER_TYPE)
                .set("id", 7L)
                .set("tenant_id", event.get("tenant_id"))
                .set("external_customer_id", event.get("external_customer_id"))
                .set("occurred_at", 1_000L * Instant.now().toEpochMilli())
                .build();
    }

    /** The event with a text in a field that is not counted. */
    static SpecificRecordBase labelled(SpecificRecordBase event, String label) {
        return event instanceof RequestEvent request
                ? RequestEvent.newBuilder(request).setModel(label).build()
                : UsageEvent.newBuilder((UsageEvent) event)
                        .setDimensions(Map.of("label", label))
                        .build();
    }

    private static SpecificRecordBase of(SpecificRecordBase event, String customer) {
        return event instanceof RequestEvent request
                ? RequestEvent.newBuilder(request)
                        .setExternalCustomerId(customer)
                        .build()
                : UsageEvent.newBuilder((UsageEvent) event)
                        .setExternalCustomerId(customer)
                        .build();
    }

    private static SpecificRecordBase badCurrency(SpecificRecordBase event) {
        SpecificRecordBase large = labelled(event, "m".repeat(300 << 10));
        large.put("cost", new BigDecimal("1.000000000"));
        large.put("currency", "eur");
        return large;
    }
}
