package io.tidemark.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.hashing.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Hashes rows one upon the other, so that one hash stands for all rows up to it. */
final class Chain {
    private final MessageDigest sha256 = Sha256.digest();
    private byte[] hash = new byte[0];

    /** The hash after one more row. Lengths go in as well: the same letters in other cells are another row. */
    String add(List<String> cells) {
        sha256.update(hash);
        for (String cell : cells) {
            byte[] bytes = cell.getBytes(UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            sha256.update(bytes);
        }
        hash = sha256.digest();
        return HexFormat.of().formatHex(hash);
    }
}
