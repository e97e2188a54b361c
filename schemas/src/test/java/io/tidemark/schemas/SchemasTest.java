package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class SchemasTest {
    private static final Map<String, Set<String>> IDENTIFYING = Map.ofEntries(
            entry("RequestEvent", "id", "tenant_id", "external_customer_id", "occurred_at"),
            entry("UsageEvent", "id", "tenant_id", "external_customer_id", "occurred_at", "meter", "quantity"),
            entry("Customer", "id", "tenant_id", "external_id", "version", "created_at", "updated_at"),
            entry("CustomerCommand", "kind", "tenant_id", "external_id"),
            entry("CustomerDetails"),
            entry("CustomerResult", "command_id", "outcome"),
            entry(
                    "UsageTotals",
                    "tenant_id",
                    "external_customer_id",
                    "month",
                    "version",
                    "position",
                    "as_of",
                    "totals"),
            entry("MeterTotals", "kind", "meter", "count"),
            entry("ApiKey", "id", "hash", "tenant_id", "scopes", "created_at"),
            entry("ApiKeyRevocation", "id", "revoked_at"),
            entry("Tenant", "name", "created_at"));

    private static Map.Entry<String, Set<String>> entry(String record, String... identifying) {
        return Map.entry(record, Set.of(identifying));
    }

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

    private static Collection<Schema> records() {
        var records = new LinkedHashMap<String, Schema>();
        Samples.all().forEach(sample -> collect(sample.getSchema(), records));
        return records.values();
    }

    /** The record and those within it, each once. */
    private static void collect(Schema type, Map<String, Schema> records) {
        switch (type.getType()) {
            case RECORD -> {
                if (records.putIfAbsent(type.getFullName(), type) == null) {
                    type.getFields().forEach(field -> collect(field.schema(), records));
                }
            }
            case ARRAY -> collect(type.getElementType(), records);
            case MAP -> collect(type.getValueType(), records);
            case UNION -> type.getTypes().forEach(branch -> collect(branch, records));
            default -> {}
        }
    }
}
