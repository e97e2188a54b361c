package io.tidemark.streams.tracing;

/** What became of an event, or of the copy of it that was meant. */
public enum Verdict {
    /** It is in the totals. */
    COUNTED,
    /** The same event was counted, out of another record. */
    DUPLICATE,
    /** An event of the same identity but other content was counted, out of another record. */
    CONFLICT,
    /** It was refused for faults of its own. */
    REJECTED,
    /** Its schema cannot be looked up now; it is kept and tried again. */
    PARKED,
    /** It lies there and has not been handled yet, or is on its way to its customer's partition. */
    PENDING,
    /** Nothing says what became of it. {@link Because} says why not. */
    UNKNOWN
}
