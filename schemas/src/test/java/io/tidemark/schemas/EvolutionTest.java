package io.tidemark.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Every version there ever was is kept in {@code history/<Record>/<n>.avsc}, with the bytes of one record. */
@NullMarked
class EvolutionTest {
    private static final Path MAIN = Path.of("src", "main", "avro");
    private static final Path HISTORY = Path.of("src", "main", "history");

    static {
        AvroTrust.establish();
    }

    @Test
    void readsTheBytesOfEveryVersion() throws IOException {
        for (SpecificRecord sample : Samples.all()) {
            for (int version = 1; version <= versions(sample).size(); version++) {
                Schema writer = versions(sample).get(version - 1);
                byte[] framed = HexFormat.of()
                        .parseHex(Files.readString(file(sample, version, "hex")).strip());
                var reader = new SpecificDatumReader<SpecificRecord>(
                        writer, sample.getSchema(), SpecificData.getForClass(sample.getClass()));
                var decoder = DecoderFactory.get()
                        .binaryDecoder(framed, WireFormat.HEADER_BYTES, framed.length - WireFormat.HEADER_BYTES, null);

                SpecificRecord read = reader.read(null, decoder);

                assertThat(decoder.isEnd()).isTrue();
                for (Schema.Field field : writer.getFields()) {
                    if (sample.getSchema().getField(field.name()) != null) {
                        assertThat(read.get(
                                        read.getSchema().getField(field.name()).pos()))
                                .as("%s %d %s", sample.getSchema().getName(), version, field.name())
                                .isEqualTo(sample.get(sample.getSchema()
                                        .getField(field.name())
                                        .pos()));
                    }
                }
            }
        }
    }

    @Test
    void isCompatibleBothWaysWithEveryVersion() throws IOException {
        for (SpecificRecord sample : Samples.all()) {
            assertThat(incompatibilities(sample.getSchema(), versions(sample)))
                    .as(sample.getSchema().getName())
                    .isEmpty();
        }
    }

    @Test
    void noticesAFieldWithoutADefault() throws IOException {
        for (SpecificRecord sample : Samples.all()) {
            var fields = new ArrayList<Schema.Field>();
            sample.getSchema().getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
            fields.add(new Schema.Field("added", Schema.create(Schema.Type.STRING)));
            Schema broken = Schema.createRecord(
                    sample.getSchema().getName(), null, sample.getSchema().getNamespace(), false, fields);
            assertThat(incompatibilities(broken, versions(sample))).isNotEmpty();
        }
    }

    @Test
    void keepsTodaysSchemaAsTheLastVersion() throws IOException {
        for (SpecificRecord sample : Samples.all()) {
            List<Schema> versions = versions(sample);
            assertThat(versions.get(versions.size() - 1).toString())
                    .as(
                            "src/main/avro/%1$s.avsc changed: add it as history/%1$s/%2$d.avsc, with the bytes of a record",
                            sample.getSchema().getName(), versions.size() + 1)
                    .isEqualTo(today(sample.getSchema().getName()).toString());
        }
    }

    /** With the record it refers to inside it, as the history has it. */
    private static Schema today(String name) throws IOException {
        var parser = new Schema.Parser();
        if (!name.equals("Customer")) {
            parser.parse(MAIN.resolve("Customer.avsc").toFile());
        }
        return parser.parse(MAIN.resolve(name + ".avsc").toFile());
    }

    private static List<String> incompatibilities(Schema schema, List<Schema> versions) {
        List<ParsedSchemaHolder> history = versions.stream()
                .<ParsedSchemaHolder>map(version -> new SimpleParsedSchemaHolder(new AvroSchema(version)))
                .toList();
        return new AvroSchema(schema).isCompatible(CompatibilityLevel.FULL_TRANSITIVE, history);
    }

    private static List<Schema> versions(SpecificRecord sample) throws IOException {
        var versions = new ArrayList<Schema>();
        for (Path file = file(sample, 1, "avsc");
                Files.exists(file);
                file = file(sample, versions.size() + 1, "avsc")) {
            versions.add(parsed(file));
        }
        return versions;
    }

    private static Schema parsed(Path file) throws IOException {
        return new AvroSchema(Files.readString(file)).rawSchema();
    }

    private static Path file(SpecificRecord sample, int version, String suffix) {
        return HISTORY.resolve(sample.getSchema().getName()).resolve(version + "." + suffix);
    }
}
