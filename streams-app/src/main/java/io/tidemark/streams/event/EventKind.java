package io.tidemark.streams.event;

/** The two kinds of event. The code is part of stored keys and final. */
public enum EventKind {
    /** A call a customer made; always a reading of the meter {@value #REQUESTS_METER}. */
    REQUEST(1, "request"),
    /** A quantity of a meter that the event names. */
    USAGE(2, "usage");

    /** The meter of every request event. */
    public static final String REQUESTS_METER = "requests";

    private final byte code;
    private final String label;

    EventKind(int code, String label) {
        this.code = (byte) code;
        this.label = label;
    }

    public byte code() {
        return code;
    }

    /** The name in answers and feeds. */
    public String label() {
        return label;
    }

    /** The kind of a stored code. */
    public static EventKind of(byte code) {
        return switch (code) {
            case 1 -> REQUEST;
            case 2 -> USAGE;
            default -> throw new IllegalArgumentException("no event kind has the code " + code);
        };
    }
}
