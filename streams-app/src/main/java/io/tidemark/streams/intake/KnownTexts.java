package io.tidemark.streams.intake;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts that come again and again, each as the one object it was made at first: tenants, customers, meters. Costs a hash of the bytes and
 * a comparison in place of a new text, whose own hash then has to be computed only once as well. A text gives way to
 * another that has its place. One thread's alone.
 */
final class KnownTexts {
    /** A power of two: of the customers of one partition that are in use, most have a place of their own. */
    private static final int PLACES = 4_096;
    /** Longer ones are no names; what is held is bounded by that. */
    private static final int LONGEST = 64;

    private final byte[] @Nullable [] bytes = new byte[PLACES][];
    private final @Nullable String[] texts = new String[PLACES];

    /** The text these bytes were before; null where that is not known. */
    @Nullable
    String find(byte[] from, int at, int length) {
        if (length > LONGEST) {
            return null;
        }
        int place = place(from, at, length);
        byte @Nullable [] held = bytes[place];
        return held != null && Arrays.equals(held, 0, held.length, from, at, at + length) ? texts[place] : null;
    }

    /** Notes what these bytes are as text. */
    void note(byte[] from, int at, int length, String text) {
        if (length <= LONGEST) {
            int place = place(from, at, length);
            texts[place] = text;
            bytes[place] = Arrays.copyOfRange(from, at, at + length);
        }
    }

    private static int place(byte[] from, int at, int length) {
        int hash = length;
        for (int i = at; i < at + length; i++) {
            hash = hash * 31 + from[i];
        }
        return (hash ^ (hash >>> 15)) & (PLACES - 1);
    }
}
