package io.tidemark.query.importing;

import java.util.List;
import java.util.OptionalInt;

/** What became of a row. */
sealed interface RowOutcome {

    Fate fate();

    /** It is as the row says, or was left as it is. */
    record Done(Fate fate) implements RowOutcome {}

    /**
     * It was not taken.
     *
     * @param status what HTTP says; empty where it was not sent
     */
    record Refused(OptionalInt status, List<RowFault> faults) implements RowOutcome {
        public Refused {
            faults = List.copyOf(faults);
        }

        @Override
        public Fate fate() {
            return Fate.REFUSED;
        }
    }

    /** Each row has one. */
    enum Fate {
        CREATED,
        UPDATED,
        UNCHANGED,
        SKIPPED,
        REFUSED
    }
}
