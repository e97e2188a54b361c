package io.tidemark.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The values of one topic that everybody may read and only Tidemark writes: in Confluent's wire format for everybody, and
 * with the header {@link io.tidemark.schemas.Headers#SCHEMA}, so that we need no registry to read them back. One thread's
 * alone.
 */
public final class PublicRecords<T extends IndexedRecord> {
    private final DatumWriter<T> writer;
    private final Map<String, DatumReader<T>> readers = new HashMap<>();
    private final String fingerprint;
    private @Nullable BinaryEncoder encoder;

    private PublicRecords(
            Schema today, List<Schema> history, DatumWriter<T> writer, Function<Schema, DatumReader<T>> reading) {
        this.writer = writer;
        this.fingerprint = fingerprint(today);
        history.forEach(written -> readers.put(fingerprint(written), reading.apply(written)));
    }

    private static String fingerprint(Schema schema) {
        return "%016x".formatted(SchemaNormalization.parsingFingerprint64(schema));
    }

    /** Values of a generated class. */
    public static <T extends SpecificRecord> PublicRecords<T> specific(Schema schema) {
        return specific(schema, SchemaHistory.of(schema));
    }

    static <T extends SpecificRecord> PublicRecords<T> specific(Schema schema, List<Schema> history) {
        return new PublicRecords<>(
                schema,
                history,
                new SpecificDatumWriter<>(schema),
                written -> new SpecificDatumReader<>(written, schema));
    }

    /** Values without a class, in Avro's own types. */
    public static PublicRecords<GenericRecord> generic(Schema schema) {
        return new PublicRecords<>(
                schema,
                SchemaHistory.of(schema),
                new GenericDatumWriter<>(schema),
                written -> new GenericDatumReader<>(written, schema));
    }

    /**
     * The value as it is written.
     *
     * @param schemaId of the schema in the registry
     * @param headers receives the one that we read it back by
     */
    public byte[] encode(T value, int schemaId, Headers headers) {
        var out = new ByteArrayOutputStream(256);
        out.write(WireFormat.MAGIC);
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
        try {
            encoder = EncoderFactory.get().binaryEncoder(out, encoder);
            writer.write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sign(headers);
        return out.toByteArray();
    }

    /** Adds to the headers of a value what we read it back by; for whoever writes it in Avro's words by other means. */
    public void sign(Headers headers) {
        headers.add(io.tidemark.schemas.Headers.SCHEMA, fingerprint.getBytes(US_ASCII));
    }

    /** What a value says; empty when neither we wrote it nor a release before us. */
    public Optional<T> decode(byte[] value, Headers headers) {
        Header written = headers.lastHeader(io.tidemark.schemas.Headers.SCHEMA);
        DatumReader<T> reader = written == null ? null : readers.get(new String(written.value(), US_ASCII));
        if (reader == null || !WireFormat.isFramed(value)) {
            return Optional.empty();
        }
        int body = WireFormat.HEADER_BYTES;
        try {
            return Optional.of(
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, body, value.length - body, null)));
        } catch (IOException | RuntimeException notWhatItClaims) {
            return Optional.empty();
        }
    }
}
