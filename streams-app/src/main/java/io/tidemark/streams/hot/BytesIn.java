package io.tidemark.streams.hot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads what {@link BytesOut} wrote. What it cannot read is a broken store, and throws. */
public final class BytesIn {
    private final byte[] bytes;
    private int at;

    public BytesIn(byte[] bytes) {
        this(bytes, 0);
    }

    public BytesIn(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    public boolean atEnd() {
        return at == bytes.length;
    }

    /** Where what is read next begins. */
    public int at() {
        return at;
    }

    public byte raw() {
        return bytes[at++];
    }

    public byte[] raw(int length) {
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    public int int32() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            value = value << 8 | (raw() & 0xff);
        }
        return value;
    }

    public long int64() {
        return (long) int32() << 32 | (int32() & 0xffff_ffffL);
    }

    public String terminated() {
        int from = at;
        while (bytes[at] != 0) {
            at++;
        }
        return new String(bytes, from, at++ - from, UTF_8);
    }

    public String counted() {
        return new String(countedBytes(), UTF_8);
    }

    public byte[] countedBytes() {
        return raw(Math.toIntExact(number()));
    }

    /** Whether the next integer fits a {@code long}. */
    public boolean isSmall() {
        if (bytes[at] >= 0) {
            return true;
        }
        int length = 1;
        while (bytes[at + length] < 0) {
            length++;
        }
        // Ten bytes hold 70 bits; the tenth may use one of its seven.
        return length < 9 || (length == 9 && bytes[at + 9] <= 1);
    }

    public long number() {
        if (!isSmall()) {
            throw new IllegalStateException("an integer does not fit 64 bits");
        }
        long zigzag = 0;
        int shift = 0;
        byte next;
        do {
            next = raw();
            zigzag |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    /** Steps over that many integers. */
    public void skipNumbers(int count) {
        for (int left = count; left > 0; left--) {
            byte next;
            do {
                next = raw();
            } while (next < 0);
        }
    }

    public BigInteger bigNumber() {
        BigInteger zigzag = BigInteger.ZERO;
        int shift = 0;
        byte next;
        do {
            next = raw();
            zigzag = zigzag.or(BigInteger.valueOf(next & 0x7f).shiftLeft(shift));
            shift += 7;
        } while (next < 0);
        BigInteger half = zigzag.shiftRight(1);
        return zigzag.testBit(0) ? half.negate().subtract(BigInteger.ONE) : half;
    }

    /** Refuses a value of a layout this code does not know. */
    public BytesIn version(int known) {
        byte version = raw();
        if (version != known) {
            throw new IllegalStateException("a stored value has layout " + version + "; this build knows " + known
                    + " and older: a newer build wrote it, and must be started again");
        }
        return this;
    }
}
