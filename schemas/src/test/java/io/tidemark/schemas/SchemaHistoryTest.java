package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.events.Tenant;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What an older release wrote is read with the schema it was written with; what a newer one wrote is told apart. */
@NullMarked
class SchemaHistoryTest {
    private static final Schema TODAY = Tenant.getClassSchema();
    private static final Schema OTHER = new Schema.Parser().parse("""
                    {"type": "record", "name": "Tenant", "namespace": "io.tidemark.events", "fields": [
                      {"name": "name", "type": "string"},
                      {"name": "created_at", "type": {"type": "long", "logicalType": "timestamp-micros"}}
                    ]}""");

    static {
        AvroTrust.establish();
    }

    @Test
    void endsWithTheSchemaOfToday() {
        for (SpecificRecord sample : Samples.all()) {
            List<Schema> history = SchemaHistory.of(sample.getSchema());
            assertThat(fingerprint(history.get(history.size() - 1)))
                    .as(sample.getSchema().getName())
                    .isEqualTo(fingerprint(sample.getSchema()));
        }
    }

    @Test
    void letsSingleObjectsOfAnOlderSchemaBeRead() throws IOException {
        byte[] written = SingleObject.bytes(
                () -> new BinaryMessageEncoder<GenericRecord>(GenericData.get(), OTHER).encode(tenant()));

        Tenant read = Tenant.createDecoder(SingleObject.writtenWith(List.of(OTHER, TODAY)))
                .decode(written);

        assertThat(read.getName()).isEqualTo("acme");
        assertThat(read.getCreatedAt()).isEqualTo(Instant.EPOCH.plusSeconds(1));
        assertThat(read.getDefaultTimezone()).isNull();
        assertThatThrownBy(() ->
                        Tenant.createDecoder(SingleObject.writtenWith(TODAY)).decode(written))
                .isInstanceOf(MissingSchemaException.class);
    }

    @Test
    void letsPublicRecordsOfAnOlderSchemaBeRead() {
        var headers = new RecordHeaders();
        byte[] written = PublicRecords.generic(OTHER).encode(tenant(), 7, headers);

        var read = PublicRecords.<Tenant>specific(TODAY, List.of(OTHER, TODAY)).decode(written, headers);

        assertThat(read).hasValueSatisfying(tenant -> {
            assertThat(tenant.getName()).isEqualTo("acme");
            assertThat(tenant.getDefaultTimezone()).isNull();
        });
        assertThat(PublicRecords.<Tenant>specific(TODAY).decode(written, headers))
                .isEmpty();
    }

    private static GenericRecord tenant() {
        var tenant = new GenericData.Record(OTHER);
        tenant.put("name", "acme");
        tenant.put("created_at", 1_000_000L);
        return tenant;
    }

    private static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }
}
