package io.tidemark.streams.intake;

import java.math.BigInteger;
import java.util.zip.CRC32C;

/**
 * Shares of the content hash: each non-default field gives one, and the hash is their sum, so neither the order of
 * fields nor that of map entries matters, and a field added later with its default changes nothing.
 *
 * <p>A share is {@code mix(mark << 32 | CRC-32C of the value)}; texts are hashed as UTF-8, numbers as big-endian
 * two's complement of eight bytes or as many as they need. Stored, therefore final.
 */
final class Content {
    private final CRC32C crc = new CRC32C();

    long ofBytes(int mark, byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length);
        return mix((long) mark << 32 | crc.getValue());
    }

    long ofNumber(int mark, long value) {
        crc.reset();
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (value >>> shift));
        }
        return mix((long) mark << 32 | crc.getValue());
    }

    long ofNumber(int mark, BigInteger value) {
        byte[] bytes = value.toByteArray();
        return ofBytes(mark, bytes, 0, bytes.length);
    }

    /** The share of one entry of a map. */
    long ofEntry(int mark, long key, long value) {
        return mix(mark + mix(key) + 31 * value);
    }

    /** MurmurHash3's 64-bit finalizer: every input bit reaches every output bit. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
