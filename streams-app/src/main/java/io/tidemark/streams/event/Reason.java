package io.tidemark.streams.event;

import java.util.Locale;

/** Why an event was rejected. The labels are public, in headers and metrics: never renamed. */
public enum Reason {
    /** Somebody other than Tidemark wrote it to the rekey topic. */
    NO_ORIGIN,
    /** There is no value. */
    NULL_VALUE,
    /** The value does not begin with Confluent's magic byte and a schema id. */
    NOT_FRAMED,
    /** The registry says there is no schema of that id. */
    UNKNOWN_SCHEMA,
    /** The schema it was written with cannot be read as the topic's event. */
    WRONG_SCHEMA,
    /** The bytes are not what their schema says. */
    MALFORMED,
    /** A field that must say something is null. */
    MISSING_FIELD,
    INVALID_ID,
    INVALID_SOURCE,
    INVALID_TENANT,
    UNKNOWN_TENANT,
    INVALID_CUSTOMER,
    INVALID_METER,
    INVALID_CURRENCY,
    CURRENCY_MISSING,
    NEGATIVE_COUNT,
    TOO_LARGE,
    TOO_PRECISE,
    TOO_OLD,
    IN_THE_FUTURE,
    /** Not a rejection: the copy of an event whose id was counted with other content. */
    CONFLICT;

    /** The name in headers and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
