package io.tidemark.query.http;

import io.tidemark.streams.hashing.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that are the same for everybody, and their name for caches. */
public final class StaticFile {
    /** Scripts, styles and answers of this server alone; nobody shows it in a frame. */
    private static final String ONLY_FROM_HERE =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    /** Of the pages that document us: no more than they need, and styles that a script sets. */
    private static final String WITH_STYLES =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final int TAG_BYTES = 12;

    private final String contentType;
    private final String policy;
    private final byte[] bytes;
    private final String tag;
    private byte @Nullable [] compressed;

    public StaticFile(String contentType, byte[] bytes) {
        this(contentType, bytes, ONLY_FROM_HERE);
    }

    private StaticFile(String contentType, byte[] bytes, String policy) {
        this.contentType = contentType;
        this.policy = policy;
        this.bytes = bytes.clone();
        this.tag = '"' + HexFormat.of().formatHex(Sha256.of(bytes), 0, TAG_BYTES) + '"';
    }

    /** The same, of a page whose scripts set styles. */
    public StaticFile withStyles() {
        return new StaticFile(contentType, bytes, WITH_STYLES);
    }

    String contentType() {
        return contentType;
    }

    /** What a browser may load for it, as {@code Content-Security-Policy} says it. */
    String policy() {
        return policy;
    }

    /** Not a copy, for it may be large: to be read and never changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The same, compressed by gzip once and when it is first asked for; not a copy either. */
    synchronized byte[] compressed() {
        if (compressed == null) {
            compressed = gzip(bytes);
        }
        return compressed;
    }

    private static byte[] gzip(byte[] plain) {
        var out = new ByteArrayOutputStream(plain.length / 2);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** Of the content alone: the same file has the same tag on every instance. Weak, because it is that of both encodings. */
    String tag() {
        return "W/" + tag;
    }

    /** Whether one of the tags that a cache has is this file's. */
    boolean isTagged(String tags) {
        return tags.equals("*") || tags.contains(tag);
    }
}
