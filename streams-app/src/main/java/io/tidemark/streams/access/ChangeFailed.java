package io.tidemark.streams.access;

/** A key or a tenant was not changed, or it is not known whether it was; the same change may be made again. */
public final class ChangeFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ChangeFailed(String message, Throwable cause) {
        super(message, cause);
    }

    public ChangeFailed(String message) {
        super(message);
    }
}
