package io.tidemark.streams.tracing;

/** Why a verdict is no better than it is. The names are part of answers and final. */
public enum Because {
    /** Its partition has not been read that far. */
    NOT_HANDLED_YET,
    /** It was appended to a partition other than its customer's, and whether it has arrived there is not proven yet. */
    ON_ITS_WAY,
    /** No event of that identity was counted or refused, as far as that is still known. */
    NEVER_SEEN,
    /** Records of this customer wait for their schema; what their ids are cannot be read. */
    MAY_BE_PARKED,
    /** It was appended before the time for which ids are kept. */
    OLDER_THAN_IDS_ARE_KEPT,
    /** No record lies at that place. */
    NOTHING_THERE,
    /** What lies at that place is not this event. */
    ANOTHER_EVENT,
    /** Retention has deleted what lay at that place, and nothing else tells of it. */
    RECORD_GONE,
    /** The schema of what lies at that place cannot be looked up now. */
    SCHEMA_AWAY,
    /** The customer was erased: which events were its own, nobody can say any more. */
    CUSTOMER_ERASED
}
