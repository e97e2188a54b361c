package io.tidemark.query.remote;

/** An answer about usage misses partitions, and did so until there was no more time. */
public final class IncompleteAnswer extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompleteAnswer(String message) {
        super(message);
    }
}
