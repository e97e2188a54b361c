package io.tidemark.schemas;

import java.nio.ByteBuffer;

/**
 * Confluent's framing of an Avro value: the byte {@code 0x00}, the schema's id in the registry as a big-endian 32-bit
 * integer, then the Avro binary body.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent, Wire format</a>
 */
public final class WireFormat {
    /** The first byte of every framed value. */
    public static final byte MAGIC = 0;
    /** How many bytes stand before the body. */
    public static final int HEADER_BYTES = 5;

    private WireFormat() {}

    /** Whether these bytes begin like a framed value. */
    public static boolean isFramed(byte[] value) {
        return value.length >= HEADER_BYTES && value[0] == MAGIC;
    }

    /** The id of the schema a framed value was written with. */
    public static int schemaId(byte[] framed) {
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
