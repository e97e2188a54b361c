package io.tidemark.query.exporting;

/** It cannot be gone on with; what was written so far is not all. */
public final class CannotExport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotExport(String message) {
        super(message);
    }
}
