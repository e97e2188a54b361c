package io.tidemark.query.http;

import io.tidemark.streams.hashing.Sha256;
import java.util.HexFormat;

/** Bytes that are the same for everybody, and their name for caches. */
public final class StaticFile {
    private static final int TAG_BYTES = 12;

    private final String contentType;
    private final byte[] bytes;
    private final String tag;

    public StaticFile(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes.clone();
        this.tag = '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, TAG_BYTES) + '"';
    }

    String contentType() {
        return contentType;
    }

    /** Not a copy, for it may be large: to be read and never changed. */
    byte[] bytes() {
        return bytes;
    }

    /** Of the content alone: the same file has the same tag on every instance. */
    String tag() {
        return tag;
    }
}
