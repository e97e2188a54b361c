package io.tidemark.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * Values of private topics and stores: Avro's single-object encoding, which names its schema by fingerprint and needs no
 * registry. A generated record reads them by its {@code fromByteBuffer}.
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
