package io.tidemark.query.peers;

import io.tidemark.streams.hashing.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs with what all instances share: HMAC-SHA-256 (RFC 2104). */
final class PeerSecret {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    PeerSecret(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** 64 lower-case digits. */
    String mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** That of an answer; it is bound to the call, so that it is no answer to another. */
    String ofAnswer(String callMac, int status, byte[] body) {
        return mac(String.join("\n", "tidemark-peer-answer 1", callMac, String.valueOf(status), hash(body)));
    }

    /** Takes as long whichever digit differs. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    static String hash(byte[] body) {
        return HexFormat.of().formatHex(Sha256.of(body));
    }
}
