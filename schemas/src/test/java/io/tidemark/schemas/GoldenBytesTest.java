package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The bytes of one full record of each kind, as Confluent's serializer writes them, in {@code history/<Record>/<n>.hex},
 * {@code n} being the last version. Once released they never change; {@code -Dtidemark.golden.write=true} writes those that are missing.
 */
@NullMarked
class GoldenBytesTest {
    private static final Path HISTORY = Path.of("src", "main", "history");
    private static final int ID = 0x01020304;

    static {
        AvroTrust.establish();
    }

    @Test
    void areWrittenForEachRecord() throws IOException, RestClientException {
        for (SpecificRecord record : Samples.all()) {
            Path golden = golden(record);
            byte[] bytes = write(record);
            if (Boolean.getBoolean("tidemark.golden.write") && !Files.exists(golden)) {
                Files.writeString(golden, HexFormat.of().formatHex(bytes) + "\n");
            }
            assertThat(HexFormat.of().formatHex(bytes))
                    .as("%s; readers of what is in the topics depend on these bytes", golden)
                    .isEqualTo(Files.readString(golden).strip());
        }
    }

    @Test
    void areReadBackAsTheRecord() throws IOException, RestClientException {
        for (SpecificRecord record : Samples.all()) {
            byte[] golden =
                    HexFormat.of().parseHex(Files.readString(golden(record)).strip());
            assertThat(read(golden, record)).isEqualTo(record);
        }
    }

    @Test
    void beginWithTheFrameWeReadOurselves() throws IOException {
        for (SpecificRecord record : Samples.all()) {
            byte[] golden =
                    HexFormat.of().parseHex(Files.readString(golden(record)).strip());
            assertThat(WireFormat.isFramed(golden)).isTrue();
            assertThat(WireFormat.schemaId(golden)).isEqualTo(ID);
        }
    }

    private static Path golden(SpecificRecord record) {
        int last = SchemaHistory.of(record.getSchema()).size();
        return HISTORY.resolve(record.getSchema().getName()).resolve(last + ".hex");
    }

    private static byte[] write(SpecificRecord record) throws IOException, RestClientException {
        try (var serializer = new KafkaAvroSerializer(registry(record))) {
            serializer.configure(config(), false);
            return serializer.serialize("any", record);
        }
    }

    private static Object read(byte[] bytes, SpecificRecord record) throws IOException, RestClientException {
        try (var deserializer = new KafkaAvroDeserializer(registry(record))) {
            deserializer.configure(config(), false);
            return deserializer.deserialize("any", bytes);
        }
    }

    private static MockSchemaRegistryClient registry(SpecificRecord record) throws IOException, RestClientException {
        var registry = new MockSchemaRegistryClient();
        registry.register("any-value", new AvroSchema(record.getSchema()), 1, ID);
        return registry;
    }

    private static Map<String, Object> config() {
        return Map.of(
                "schema.registry.url", "mock://golden", "auto.register.schemas", false, "specific.avro.reader", true);
    }
}
