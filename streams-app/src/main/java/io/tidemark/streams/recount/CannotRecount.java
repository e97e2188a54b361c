package io.tidemark.streams.recount;

/** The log cannot be read, or not as far as must be. */
public final class CannotRecount extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotRecount(String message) {
        super(message);
    }

    CannotRecount(String message, Throwable cause) {
        super(message, cause);
    }
}
