package io.tidemark.query.importing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far all rows before are done.
 *
 * @param hash of those rows; empty at the start
 * @param refusedBytes how much of the report they have filled
 */
record Checkpoint(Counts counts, String hash, long refusedBytes) {
    static final Checkpoint START = new Checkpoint(Counts.NONE, "", 0);

    private static final String ROWS = "rows";
    private static final String HASH = "hash";
    private static final String REFUSED_BYTES = "refused_bytes";

    long rows() {
        return counts.rows();
    }

    Map<String, Object> line() {
        var line = new LinkedHashMap<String, Object>();
        line.put(ROWS, rows());
        counts.addTo(line);
        line.put(REFUSED_BYTES, refusedBytes);
        line.put(HASH, hash);
        return line;
    }

    /** Empty for half a line. */
    static Optional<Checkpoint> of(JsonNode line) {
        var checkpoint = new Checkpoint(
                Counts.of(line),
                line.path(HASH).asText(),
                line.path(REFUSED_BYTES).asLong());
        return line.has(HASH) && line.path(ROWS).asLong() == checkpoint.rows()
                ? Optional.of(checkpoint)
                : Optional.empty();
    }
}
