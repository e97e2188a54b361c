package io.tidemark.streams.requestlog;

import io.tidemark.schemas.WireFormat;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;

/**
 * What is stored of a request. Layout 1: append time (UTC milliseconds), the fingerprint of the schema it was written with ({@link
 * StoredSchemas}), and its Avro value as it came, but for the number that its schema has in a registry: rows are read without one.
 */
final class Row {
    private static final byte LAYOUT = 1;

    private Row() {}

    /** @param framed the value of the event's record */
    static byte[] encode(long appendedAt, long schema, byte[] framed, BytesOut out) {
        return out.clear()
                .raw(LAYOUT)
                .number(appendedAt)
                .int64(schema)
                .raw(framed, WireFormat.HEADER_BYTES, framed.length)
                .toBytes();
    }

    /** The head of a stored row; what it was read with stands where the Avro value begins. */
    static Head head(BytesIn in) {
        in.version(LAYOUT);
        return new Head(in.number(), in.int64());
    }

    /** What stands before the event itself. */
    record Head(long appendedAt, long schema) {}
}
