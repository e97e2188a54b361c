package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Tally;

/**
 * A page in as few bytes as it can be kept in: which slots are used, as a bitmap of 96, then their amounts one after the other,
 * each a zigzag varint. Adding copies what stays and encodes the one slot that changes.
 */
final class HeapPage {
    private static final int BITMAP = 12;
    private static final int LONGEST_NUMBER = 10;

    private HeapPage() {}

    /** A page with one slot. */
    static byte[] of(int slot, long[] amounts) {
        return add(new byte[BITMAP], slot, amounts);
    }

    static byte[] add(byte[] page, int slot, long[] amounts) {
        boolean used = (page[slot >> 3] >> (slot & 7) & 1) == 1;
        int from = skip(page, BITMAP, Tally.SIZE * before(page, slot));
        var out = new byte[page.length + Tally.SIZE * LONGEST_NUMBER];
        System.arraycopy(page, 0, out, 0, from);
        out[slot >> 3] |= (byte) (1 << (slot & 7));
        int in = from;
        int at = from;
        for (long amount : amounts) {
            long old = used ? read(page, in) : 0;
            in = used ? skip(page, in, 1) : in;
            at = write(out, at, Math.addExact(old, amount));
        }
        System.arraycopy(page, in, out, at, page.length - in);
        return java.util.Arrays.copyOf(out, at + page.length - in);
    }

    static void addTo(long[] sums, byte[] page) {
        int at = BITMAP;
        for (int i = 0; at < page.length; i = (i + 1) % sums.length) {
            sums[i] = Math.addExact(sums[i], read(page, at));
            at = skip(page, at, 1);
        }
    }

    /** How many slots before this one are used. */
    private static int before(byte[] page, int slot) {
        int used = 0;
        for (int i = 0; i < slot >> 3; i++) {
            used += Integer.bitCount(page[i] & 0xFF);
        }
        return used + Integer.bitCount(page[slot >> 3] & (1 << (slot & 7)) - 1);
    }

    private static int skip(byte[] page, int from, int numbers) {
        int at = from;
        for (int left = numbers; left > 0; at++) {
            left -= page[at] >= 0 ? 1 : 0;
        }
        return at;
    }

    private static long read(byte[] page, int from) {
        long raw = 0;
        int at = from;
        int shift = 0;
        for (; page[at] < 0; at++, shift += 7) {
            raw |= (page[at] & 0x7FL) << shift;
        }
        raw |= (long) page[at] << shift;
        return raw >>> 1 ^ -(raw & 1);
    }

    private static int write(byte[] out, int from, long number) {
        long raw = number << 1 ^ number >> 63;
        int at = from;
        for (; (raw & ~0x7FL) != 0; raw >>>= 7) {
            out[at++] = (byte) (raw | 0x80);
        }
        out[at++] = (byte) raw;
        return at;
    }
}
