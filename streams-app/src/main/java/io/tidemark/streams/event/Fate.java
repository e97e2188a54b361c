package io.tidemark.streams.event;

import java.util.Locale;

/** What became of a record, once and for all but for {@code PARKED}. The order is part of stored values and final. */
public enum Fate {
    /** It is in the totals. */
    COUNTED,
    /** The same event was counted before. */
    DUPLICATE,
    /** An event of the same identity but other content was counted before. */
    CONFLICT,
    /** It lies in {@code rejected-events}, with its faults. */
    REJECTED,
    /** It went on to its customer's partition and is read again there. */
    REKEYED,
    /** Its schema cannot be looked up now; it is kept and tried again. */
    PARKED;

    /** The name in metrics and answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
