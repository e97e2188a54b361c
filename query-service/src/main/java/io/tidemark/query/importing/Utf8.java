package io.tidemark.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Text in UTF-8, strictly: what is no UTF-8 would become another text, and nobody would notice. */
final class Utf8 {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Utf8() {}

    /** Reads a file without the mark that some programs begin it with. */
    static Reader open(Path path) throws IOException {
        var reader = new PushbackReader(
                new InputStreamReader(new BufferedInputStream(Files.newInputStream(path)), UTF_8.newDecoder()));
        try {
            int first = reader.read();
            if (first >= 0 && first != BYTE_ORDER_MARK) {
                reader.unread(first);
            }
            return reader;
        } catch (CharacterCodingException malformed) {
            reader.close();
            throw malformed(path);
        }
    }

    /** Says on which line of a file it is that reading failed. */
    static CannotImport malformed(Path path) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
            return new CannotImport(path + " is not UTF-8: line " + malformedLine(in));
        }
    }

    /** A line end is no part of any other character, so that each line can be looked at alone; one too long for a row is not. */
    private static long malformedLine(InputStream in) throws IOException {
        long line = 1;
        byte[] bytes = new byte[256];
        int length = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                if (isMalformed(bytes, length)) {
                    return line;
                }
                line++;
                length = 0;
            } else if (length == Rows.LONGEST) {
                return line;
            } else {
                bytes = length < bytes.length ? bytes : Arrays.copyOf(bytes, 2 * length);
                bytes[length++] = (byte) next;
            }
        }
        return line;
    }

    private static boolean isMalformed(byte[] bytes, int length) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return false;
        } catch (CharacterCodingException malformed) {
            return true;
        }
    }
}
