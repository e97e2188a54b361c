package io.tidemark.streams.publishing;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Fault;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.intake.Preview;
import io.tidemark.streams.intake.WriterSchemas.Lookup;
import io.tidemark.streams.publishing.EventIntake.Faulty;
import io.tidemark.streams.publishing.EventIntake.Prepared;
import io.tidemark.streams.publishing.EventIntake.Ready;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Makes records of fields, framed as any producer's, and has them judged. For any number of threads. */
public final class EventRecords {
    private static final int USUAL_BYTES = 256;

    static {
        AvroTrust.establish();
    }

    private final Function<EventKind, OptionalInt> schemaIds;
    private final Preview preview;
    private final Clock clock;
    private final DatumWriter<SpecificRecordBase> requests = new SpecificDatumWriter<>(RequestEvent.getClassSchema());
    private final DatumWriter<SpecificRecordBase> usage = new SpecificDatumWriter<>(UsageEvent.getClassSchema());

    /**
     * A maker of records.
     *
     * @param schemaIds of our schemas in the registry; empty while it did not say
     */
    public EventRecords(
            Function<EventKind, OptionalInt> schemaIds, TimeRule time, Predicate<String> tenantKnown, Clock clock) {
        this.schemaIds = schemaIds;
        this.clock = clock;
        this.preview = new Preview(this::ours, time, tenantKnown);
    }

    private Lookup ours(int id) {
        boolean request = OptionalInt.of(id).equals(schemaIds.apply(EventKind.REQUEST));
        Schema schema = request ? RequestEvent.getClassSchema() : UsageEvent.getClassSchema();
        return new Lookup.Known(schema);
    }

    /** As {@link EventIntake#prepare}. */
    public Prepared prepare(EventKind kind, Map<String, ?> fields) {
        SpecificRecordBase event;
        try {
            event = AvroEventBuilder.toAvro(kind, fields);
        } catch (InvalidEvent invalid) {
            return new Faulty(invalid.faults().stream()
                    .map(fault -> new Fault(Reason.MALFORMED, fault))
                    .toList());
        }
        byte[] key = new EventKey(
                        String.valueOf(event.get("tenant_id")), String.valueOf(event.get("external_customer_id")))
                .bytes();
        var ready = new Ready(kind, key, framed(kind, event));
        var faults = preview.faults(kind, key, ready.value(), clock.millis());
        return faults.isEmpty() ? ready : new Faulty(faults);
    }

    private byte[] framed(EventKind kind, SpecificRecordBase event) {
        int schema = schemaIds
                .apply(kind)
                .orElseThrow(() -> new PublishFailed("the registry has not said the ids of the events' schemas yet"));
        var out = new ByteArrayOutputStream(USUAL_BYTES);
        out.write(WireFormat.MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schema).array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            (kind == EventKind.REQUEST ? requests : usage).write(event, encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
