package io.tidemark.query.oracle;

/** A file is not what {@link OracleWriter} writes, or not all of it; the message says where. */
public final class NotAnOracle extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotAnOracle(String message) {
        super(message);
    }
}
