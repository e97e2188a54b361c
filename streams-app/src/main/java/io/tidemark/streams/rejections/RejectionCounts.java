package io.tidemark.streams.rejections;

import io.tidemark.streams.event.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often this process refused for each reason since it started. For watching, not for accounting: an aborted
 * transaction is counted again when it is repeated.
 */
public final class RejectionCounts {
    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    public RejectionCounts() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void add(Reason reason) {
        of(reason).increment();
    }

    public LongAdder of(Reason reason) {
        return java.util.Objects.requireNonNull(counts.get(reason));
    }
}
