package io.tidemark.streams.fates;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What an event is marked with: 16 bytes, of which the first eight are the writer's own. */
record Mark(long writer, long number) {
    private static final int BYTES = 16;

    static boolean isOne(byte @Nullable [] bytes) {
        return bytes != null && bytes.length == BYTES;
    }

    /** The mark that {@link #isOne some bytes are}. */
    static Mark of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new Mark(in.getLong(), in.getLong());
    }

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES).putLong(writer).putLong(number).array();
    }
}
