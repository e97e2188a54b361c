package io.tidemark.query.request;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Percent-decoding that gives exactly the text that was encoded or nothing: no replacement characters, because two
 * customers must never become one.
 */
public final class UrlText {
    private UrlText() {}

    /** A path segment; {@code +} is a plus. Empty when it is not percent-encoded UTF-8. */
    public static Optional<String> ofSegment(String raw) {
        var bytes = new ByteArrayOutputStream(raw.length());
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < in.length; i++) {
            if (in[i] != '%') {
                bytes.write(in[i]);
                continue;
            }
            int value = i + 2 < in.length ? hex(in[i + 1], in[i + 2]) : -1;
            if (value < 0) {
                return Optional.empty();
            }
            bytes.write(value);
            i += 2;
        }
        return utf8(bytes.toByteArray());
    }

    /** A name or value of a query, where browsers write a space as {@code +}. */
    static Optional<String> ofQuery(String raw) {
        return ofSegment(raw.replace('+', ' '));
    }

    private static int hex(byte high, byte low) {
        int sixteens = Character.digit(high, 16);
        int ones = Character.digit(low, 16);
        return sixteens < 0 || ones < 0 ? -1 : sixteens * 16 + ones;
    }

    private static Optional<String> utf8(byte[] bytes) {
        try {
            // A new decoder reports malformed input; new String(bytes) would replace it.
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
