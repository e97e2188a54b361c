package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SchemasTest {
    private static final Map<String, Set<String>> IDENTIFYING = Map.of(
            "RequestEvent", Set.of("id", "tenant_id", "external_customer_id", "occurred_at"),
            "UsageEvent", Set.of("id", "tenant_id", "external_customer_id", "occurred_at", "meter", "quantity"),
            "Customer", Set.of("id", "tenant_id", "external_id", "version", "created_at", "updated_at"),
            "UsageTotals",
                    Set.of("tenant_id", "external_customer_id", "month", "version", "position", "as_of", "totals"),
            "MeterTotals", Set.of("kind", "meter", "count"));

    @Test
    void sayOfEveryFieldWhatItMeans() {
        for (Schema record : records()) {
            assertThat(record.getDoc()).as(record.getName()).isNotBlank();
            for (Schema.Field field : record.getFields()) {
                assertThat(field.doc())
                        .as("%s.%s", record.getName(), field.name())
                        .isNotBlank();
            }
        }
    }

    @Test
    void giveEveryFieldADefaultBeyondTheIdentifyingOnes() {
        for (Schema record : records()) {
            for (Schema.Field field : record.getFields()) {
                boolean identifying = Objects.requireNonNull(IDENTIFYING.get(record.getName()))
                        .contains(field.name());
                assertThat(field.hasDefaultValue())
                        .as("%s.%s", record.getName(), field.name())
                        .isEqualTo(!identifying);
            }
        }
    }

    @Test
    void holdAmountsAsDecimalsOf38AndNineDigitsAndNeverAsFloats() {
        for (Schema record : records()) {
            for (Schema.Field field : record.getFields()) {
                Schema type = field.schema();
                assertThat(type.getType()).isNotIn(Schema.Type.FLOAT, Schema.Type.DOUBLE);
                if (type.getType() == Schema.Type.BYTES) {
                    assertThat(type.getLogicalType()).isEqualTo(LogicalTypes.decimal(38, 9));
                }
            }
        }
    }

    @Test
    void liveInOneNamespace() {
        for (Schema record : records()) {
            assertThat(record.getNamespace()).isEqualTo("io.tidemark.events");
        }
    }

    private static List<Schema> records() {
        var records = new ArrayList<Schema>();
        for (SpecificRecord sample : Samples.all()) {
            records.add(sample.getSchema());
            sample.getSchema().getFields().stream()
                    .map(Schema.Field::schema)
                    .filter(type -> type.getType() == Schema.Type.ARRAY)
                    .map(Schema::getElementType)
                    .forEach(records::add);
        }
        return records;
    }
}
