package io.tidemark.query.importing;

import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after the other; never more than one in memory. */
interface Rows extends AutoCloseable {
    /** Of a row, in characters; an instance takes no longer body. */
    int LONGEST = 1 << 20;

    /**
     * The next one, also where it cannot be sent.
     *
     * @throws CannotImport where nobody can tell what the rest of the file is
     */
    Optional<Row> next() throws IOException;

    @Override
    void close() throws IOException;
}
