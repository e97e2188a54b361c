package io.tidemark.streams.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;

/**
 * Walks the bytes of one Avro binary value. Every length is checked against what is left before anything is allocated,
 * so a few bytes that claim to be gigabytes cost nothing.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">Avro 1.12, Binary encoding</a>
 */
final class AvroCursor {
    private static final int MOST_NOTHINGS = 1_000_000;

    private final CharsetDecoder utf8 = UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] bytes = {};
    private int at;
    private int nothings;

    AvroCursor over(byte[] value, int from) {
        bytes = value;
        at = from;
        nothings = 0;
        return this;
    }

    /** Steps over a value without bytes, such as null. An array can claim any number of these, but not for nothing. */
    void nothing() {
        if (++nothings > MOST_NOTHINGS) {
            throw new Malformed("it claims more than a million empty items");
        }
    }

    int at() {
        return at;
    }

    byte[] bytes() {
        return bytes;
    }

    int remaining() {
        return bytes.length - at;
    }

    long readLong() {
        long zigzag = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            byte next = readByte();
            zigzag |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new Malformed("an integer has more than ten bytes");
    }

    byte readByte() {
        if (at >= bytes.length) {
            throw new Malformed("the value ends in the middle of a field");
        }
        return bytes[at++];
    }

    /** Reads a length and stands on the first of that many bytes. */
    int readLength() {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw new Malformed("a field claims " + length + " bytes where " + remaining() + " are left");
        }
        return (int) length;
    }

    void skip(int length) {
        if (length > remaining()) {
            throw new Malformed("the value ends in the middle of a field");
        }
        at += length;
    }

    /** Reads a length and that many bytes of text, which may have come before. */
    String readText(KnownTexts known) {
        int length = readLength();
        int from = at;
        String text = known.find(bytes, from, length);
        if (text == null) {
            text = text(from, length);
            known.note(bytes, from, length, text);
        }
        at = from + length;
        return text;
    }

    /** Reads a length and that many bytes of text. */
    String readText() {
        int length = readLength();
        int from = at;
        at += length;
        return text(from, length);
    }

    private String text(int from, int length) {
        if (isAscii(from, length)) {
            return new String(bytes, from, length, ISO_8859_1);
        }
        try {
            return utf8.decode(ByteBuffer.wrap(bytes, from, length)).toString();
        } catch (CharacterCodingException e) {
            throw new Malformed("a text is not UTF-8", e);
        }
    }

    private boolean isAscii(int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes are not what their schema says. Caught by {@link EventReader}; never leaves this room. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }

        Malformed(String message, Throwable cause) {
            super(message, cause, false, false);
        }
    }
}
