package io.tidemark.streams.rejections;

import io.tidemark.streams.hot.HotReads.NotServed;
import java.util.Optional;

/** What resolves a rejection although it does not say so. */
final class ResolvedBy {
    private ResolvedBy() {}

    /**
     * An event of the same identity that was counted. A conflict is not resolved by the one that it is in conflict with. Nothing where only a copy of the
     * partition is here, which has no ids: it is open then, and a replay of it would be a duplicate.
     */
    static Optional<Resolution> event(CountedEvents counted, int partition, Rejection rejection) {
        if (rejection.isConflict() || !rejection.claim().namesEvent()) {
            return Optional.empty();
        }
        try {
            return counted.find(partition, rejection.claim()).map(Resolution::new);
        } catch (NotServed onlyACopy) {
            return Optional.empty();
        }
    }
}
