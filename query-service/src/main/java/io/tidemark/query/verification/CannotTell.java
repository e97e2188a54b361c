package io.tidemark.query.verification;

/** An instance answered, but not what must be known to compare. */
public final class CannotTell extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotTell(String message) {
        super(message);
    }
}
