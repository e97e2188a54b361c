package io.tidemark.streams.hot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Builds a key or value byte by byte.
 *
 * <p>In keys: fixed-width big-endian numbers and texts that end in a zero byte, so that keys sort as their parts do; the
 * texts we keep have no control character, hence no zero. In values: integers of any size as zigzag LEB128, seven bits a
 * byte, the lowest first.
 */
public final class BytesOut {
    /** Of 64 bits, seven a byte. */
    private static final int LONGEST_NUMBER = 10;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes = new byte[64];
    private int at;

    /** Begins anew, in the same room. */
    public BytesOut clear() {
        at = 0;
        return this;
    }

    public BytesOut raw(byte value) {
        room(1);
        bytes[at++] = value;
        return this;
    }

    public BytesOut raw(byte[] values) {
        room(values.length);
        System.arraycopy(values, 0, bytes, at, values.length);
        at += values.length;
        return this;
    }

    /** Those of {@code values} from one index to before another. */
    public BytesOut raw(byte[] values, int from, int to) {
        room(to - from);
        System.arraycopy(values, from, bytes, at, to - from);
        at += to - from;
        return this;
    }

    public BytesOut int32(int value) {
        room(Integer.BYTES);
        INTS.set(bytes, at, value);
        at += Integer.BYTES;
        return this;
    }

    public BytesOut int64(long value) {
        room(Long.BYTES);
        LONGS.set(bytes, at, value);
        at += Long.BYTES;
        return this;
    }

    /** A text that ends in a zero byte. */
    public BytesOut terminated(String text) {
        return raw(text.getBytes(UTF_8)).raw((byte) 0);
    }

    /** A text led by its length. */
    public BytesOut counted(String text) {
        return counted(text.getBytes(UTF_8));
    }

    /** Bytes led by their length. */
    public BytesOut counted(byte[] values) {
        return number(values.length).raw(values);
    }

    public BytesOut number(long value) {
        room(LONGEST_NUMBER);
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7fL) != 0) {
            bytes[at++] = (byte) (zigzag | 0x80);
            zigzag >>>= 7;
        }
        bytes[at++] = (byte) zigzag;
        return this;
    }

    /** Any integer; one that fits a {@code long} is written as {@link #number(long)} writes it. */
    public BytesOut number(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            return number(value.longValue());
        }
        BigInteger zigzag =
                value.signum() < 0 ? value.negate().shiftLeft(1).subtract(BigInteger.ONE) : value.shiftLeft(1);
        while (zigzag.bitLength() > 7) {
            raw((byte) (zigzag.intValue() | 0x80));
            zigzag = zigzag.shiftRight(7);
        }
        return raw(zigzag.byteValue());
    }

    /** Hands what was built to a digest. */
    public void into(MessageDigest digest) {
        digest.update(bytes, 0, at);
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, at);
    }

    public Bytes toKey() {
        return Bytes.wrap(toBytes());
    }

    private void room(int more) {
        if (at + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + more));
        }
    }
}
