package io.tidemark.streams.roster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * Texts as they are sorted and searched: one form, lower case by way of upper case ({@code Straße} is {@code strasse}), in UTF-8. Bytes of UTF-8 sort as their code points do, and one text
 * is part of another exactly when its bytes are.
 */
final class Folded {
    private static final char SIGMA = '\u03c3';
    /** The one letter whose lower case depends on where it stands, so that a part would not be found in the whole. */
    private static final char FINAL_SIGMA = '\u03c2';

    private Folded() {}

    static byte[] of(String text) {
        String large = nfkc(text).toUpperCase(Locale.ROOT);
        return nfkc(large.toLowerCase(Locale.ROOT).replace(FINAL_SIGMA, SIGMA)).getBytes(UTF_8);
    }

    private static String nfkc(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC);
    }

    /** Whether {@code part} lies within some bytes; nothing is part of everything. */
    static boolean contains(byte[] bytes, int from, int to, byte[] part) {
        if (part.length == 0) {
            return true;
        }
        byte first = part[0];
        int toLast = part.length - 1;
        byte last = part[toLast];
        for (int at = from; at + toLast < to; at++) {
            if (bytes[at] == first
                    && bytes[at + toLast] == last
                    && Arrays.equals(bytes, at, at + toLast, part, 0, toLast)) {
                return true;
            }
        }
        return false;
    }
}
