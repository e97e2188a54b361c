package io.tidemark.benchmarks.peers.postgres;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Rows in the binary format of {@code COPY}. */
final class CopyBytes {
    private static final byte[] HEAD = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0".getBytes(ISO_8859_1);
    private static final int BUFFER = 1 << 16;
    private static final int COLUMNS_BEFORE = 3;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    void row(long idHigh, long idLow, int customer, int minute, long[] amounts) {
        try {
            out.writeShort(COLUMNS_BEFORE + amounts.length);
            out.writeInt(2 * Long.BYTES);
            out.writeLong(idHigh);
            out.writeLong(idLow);
            out.writeInt(Integer.BYTES);
            out.writeInt(customer);
            out.writeInt(Integer.BYTES);
            out.writeInt(minute);
            for (long amount : amounts) {
                out.writeInt(Long.BYTES);
                out.writeLong(amount);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the rows, and begins anew. */
    void copyTo(PGConnection connection, String statement) throws SQLException, IOException {
        out.writeShort(-1);
        try (var copy = new PGCopyOutputStream(connection, statement, BUFFER)) {
            copy.write(HEAD);
            bytes.writeTo(copy);
        }
        bytes.reset();
    }
}
