package io.tidemark.query.keys;

import io.tidemark.streams.hashing.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * SHA-256 of a key, the only form in which it is kept. Keys of ours carry 256 random bits, so nothing slower is needed.
 *
 * @param hex 64 lower-case digits
 */
public record KeyHash(String hex) {

    public KeyHash {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a hash has 64 lower-case hexadecimal digits");
        }
    }

    public static KeyHash of(String key) {
        return new KeyHash(HexFormat.of().formatHex(Sha256.of(key.getBytes(StandardCharsets.UTF_8))));
    }

    /** Takes as long whichever digit differs. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(
                hex.getBytes(StandardCharsets.US_ASCII), other.hex.getBytes(StandardCharsets.US_ASCII));
    }
}
