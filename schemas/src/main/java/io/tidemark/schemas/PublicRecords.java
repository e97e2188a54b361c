package io.tidemark.schemas;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
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
public final class PublicRecords<T extends SpecificRecord> {
    private final SpecificDatumWriter<T> writer;
    private final SpecificDatumReader<T> reader;
    private final byte[] fingerprint;
    private @Nullable BinaryEncoder encoder;

    /** @param schema of the values; one version so far */
    public PublicRecords(Schema schema) {
        writer = new SpecificDatumWriter<>(schema);
        reader = new SpecificDatumReader<>(schema);
        fingerprint = "%016x"
                .formatted(SchemaNormalization.parsingFingerprint64(schema))
                .getBytes(US_ASCII);
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
        headers.add(io.tidemark.schemas.Headers.SCHEMA, fingerprint);
        return out.toByteArray();
    }

    /** What a value says; empty when it is not one that we wrote. */
    public Optional<T> decode(byte[] value, Headers headers) {
        Header written = headers.lastHeader(io.tidemark.schemas.Headers.SCHEMA);
        if (written == null || !java.util.Arrays.equals(written.value(), fingerprint) || !WireFormat.isFramed(value)) {
            return Optional.empty();
        }
        int body = WireFormat.HEADER_BYTES;
        try {
            return Optional.of(
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, body, value.length - body, null)));
        } catch (IOException | AvroRuntimeException e) {
            return Optional.empty();
        }
    }
}
