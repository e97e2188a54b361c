package io.tidemark.streams.event;

/** The topics the hot rooms read. The code is part of stored keys and of position tokens, and final. */
public enum Source {
    REQUESTS(1),
    USAGE(2),
    /** Events that arrived in a partition other than their customer's, on their way to it. */
    REKEY(3);

    private final byte code;

    Source(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /** The source of a stored code. */
    public static Source of(byte code) {
        return switch (code) {
            case 1 -> REQUESTS;
            case 2 -> USAGE;
            case 3 -> REKEY;
            default -> throw new IllegalArgumentException("no source has the code " + code);
        };
    }
}
