package io.tidemark.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * Values of private topics and stores: Avro's single-object encoding, which names its schema by fingerprint and needs no
 * registry. A generated record's {@code fromByteBuffer} would read only what today's schema wrote; {@code createDecoder(
 * writtenWith(schema))} reads what any schema of its history wrote, and throws {@code MissingSchemaException} at what a
 * later one did.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro 1.12, Single-object
 *     encoding</a>
 */
public final class SingleObject {
    private SingleObject() {}

    /** {@code toByteBuffer} of a generated record. */
    @FunctionalInterface
    public interface Encoding {
        ByteBuffer write() throws IOException;
    }

    /** Every schema that values of a record may have been written with. */
    public static SchemaStore writtenWith(Schema today) {
        return writtenWith(SchemaHistory.of(today));
    }

    static SchemaStore writtenWith(List<Schema> schemas) {
        var store = new SchemaStore.Cache();
        schemas.forEach(store::addSchema);
        return store;
    }

    public static byte[] bytes(Encoding encoding) {
        try {
            ByteBuffer buffer = encoding.write();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
