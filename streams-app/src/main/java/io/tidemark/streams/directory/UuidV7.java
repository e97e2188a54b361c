package io.tidemark.streams.directory;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7: 48 bits of Unix milliseconds, then randomness, so that ids sort by time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7">RFC 9562, UUID Version 7</a>
 */
public final class UuidV7 {
    private static final long VERSION = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_HIGH_BITS = 0x0FFFL;
    private static final long RANDOM_LOW_BITS = 0x3FFF_FFFF_FFFF_FFFFL;

    private UuidV7() {}

    public static UUID next(Instant now, RandomGenerator random) {
        long high = (now.toEpochMilli() << 16) | VERSION | (random.nextLong() & RANDOM_HIGH_BITS);
        long low = VARIANT | (random.nextLong() & RANDOM_LOW_BITS);
        return new UUID(high, low);
    }
}
