package io.tidemark.streams.feed;

import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.BytesOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How much of what changed a listener has heard: all changes up to a number of this instance's own and, for any instance, all before an offset of each
 * partition of {@code usage-feed}. As a token: base64url of layout 1 and the offset of each partition.
 */
public final class ChangeCursor {
    private static final byte LAYOUT = 1;
    private static final int LONGEST = 64 * 1024;

    private final long number;
    private final boolean level;
    private final long[] next;

    /** @param level whether exactly what came up to {@code number} was heard, so that all whose number it is may hear the same */
    ChangeCursor(long number, boolean level, long[] next) {
        this.number = number;
        this.level = level;
        this.next = next.clone();
    }

    /** That it is behind another change too. */
    ChangeCursor behind(long itsNumber, Change change) {
        long[] further = next.clone();
        further[change.partition()] = Math.max(further[change.partition()], change.offset() + 1);
        return new ChangeCursor(itsNumber, level, further);
    }

    /** How many changes lie before it, of those that this instance heard. */
    public long number() {
        return number;
    }

    /** Whether exactly those lie before it, so that whoever is at the same number has heard the same. */
    public boolean isLevel() {
        return level;
    }

    boolean isBehind(Change change) {
        return change.offset() < next[change.partition()];
    }

    long[] next() {
        return next.clone();
    }

    public String token() {
        var out = new BytesOut().raw(LAYOUT);
        for (long offset : next) {
            out.number(offset);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toBytes());
    }

    /** The offsets of a token; empty where it is none of ours. */
    static Optional<long[]> parse(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var in = new BytesIn(Base64.getUrlDecoder().decode(token)).version(LAYOUT);
            List<Long> offsets = new ArrayList<>();
            while (!in.atEnd()) {
                offsets.add(in.number());
            }
            return Optional.of(offsets.stream().mapToLong(Long::longValue).toArray());
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return number + (level ? "" : "~") + Arrays.toString(next);
    }
}
