package io.tidemark.streams.event;

import java.util.List;

/** The topics that the task which counts a customer reads. The code is part of stored keys and of position tokens, and final. */
public enum Source {
    REQUESTS(1),
    USAGE(2),
    /** Events that arrived in a partition other than their customer's, on their way to it. */
    REKEY(3),
    /** What the directory decided. No events: it has a place in positions, and no progress. */
    CUSTOMERS(4);

    private static final List<Source> OF_EVENTS = List.of(REQUESTS, USAGE, REKEY);

    private final byte code;

    Source(int code) {
        this.code = (byte) code;
    }

    /** Those whose records are counted, in the order of their codes. */
    public static List<Source> ofEvents() {
        return OF_EVENTS;
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
            case 4 -> CUSTOMERS;
            default -> throw new IllegalArgumentException("no source has the code " + code);
        };
    }
}
