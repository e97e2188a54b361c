package io.tidemark.query.importing;

import java.io.IOException;
import java.util.Optional;

/**
 * A look at the whole of a file before anything of it is sent: it costs seconds for a million rows, and nobody wants to hear in an hour
 * that the rest cannot be read.
 *
 * @param rows how many there are
 * @param hash of those that were done before; empty where there are no longer so many
 */
record Survey(long rows, String hash) {

    /**
     * Reads it all.
     *
     * @throws CannotImport where it cannot be read to its end
     */
    static Survey of(CustomerFile file, long done) throws IOException {
        long count = 0;
        String hash = "";
        try (Rows rows = file.open()) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                count++;
                if (count == done) {
                    hash = row.get().hash();
                }
            }
        }
        return new Survey(count, hash);
    }
}
