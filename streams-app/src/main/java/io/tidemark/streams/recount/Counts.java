package io.tidemark.streams.recount;

import io.tidemark.streams.event.Reason;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of the records that were read; for any number of threads. */
final class Counts {
    private final LongAdder read = new LongAdder();
    private final LongAdder counted = new LongAdder();
    private final LongAdder outside = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder ofOthers = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final Map<Reason, LongAdder> rejected = new ConcurrentHashMap<>();

    void read() {
        read.increment();
    }

    long soFar() {
        return read.sum();
    }

    void counted(long more) {
        counted.add(more);
    }

    /** Counted, in a minute that was not asked for. */
    void outside() {
        outside.increment();
    }

    void repeated(boolean sameContent) {
        (sameContent ? duplicates : conflicts).increment();
    }

    void ofOthers() {
        ofOthers.increment();
    }

    void rejected(Reason reason) {
        rejected.computeIfAbsent(reason, any -> new LongAdder()).increment();
    }

    /** Its schema is not known any more, or not yet, and nobody refused it for that. */
    void unreadable() {
        unreadable.increment();
    }

    long unreadableSoFar() {
        return unreadable.sum();
    }

    RecountOutcome.Events events() {
        var reasons = new TreeMap<String, Long>();
        rejected.forEach((reason, count) -> reasons.put(reason.label(), count.sum()));
        return new RecountOutcome.Events(
                read.sum(), counted.sum(), outside.sum(), duplicates.sum(), conflicts.sum(), ofOthers.sum(), reasons);
    }
}
