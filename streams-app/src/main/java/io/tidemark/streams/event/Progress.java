package io.tidemark.streams.event;

import java.util.EnumMap;
import java.util.Map;

/**
 * How far one source partition has been handled and what became of its records. Mutable; one task's alone.
 *
 * <p>At every moment between two records {@code read} is the sum of the fates.
 */
public final class Progress {
    private final Source source;
    private final int partition;
    private final EnumMap<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long offset;
    private long appendedAt;
    private long read;

    /**
     * @param offset the last offset handled; -1 before the first
     * @param appendedAt the largest append time handled, UTC milliseconds; 0 before the first
     */
    public Progress(Source source, int partition, long offset, long appendedAt, long read, Map<Fate, Long> fates) {
        this.source = source;
        this.partition = partition;
        this.offset = offset;
        this.appendedAt = appendedAt;
        this.read = read;
        this.fates.putAll(fates);
    }

    /** Nothing handled yet. */
    public static Progress none(Source source, int partition) {
        return new Progress(source, partition, -1, 0, 0, Map.of());
    }

    /** Notes a record that was read now. */
    public void handled(long atOffset, long appended, Fate fate) {
        offset = atOffset;
        appendedAt = Math.max(appendedAt, appended);
        read++;
        add(fate, 1);
    }

    /** Notes that a record parked earlier has met its fate. */
    public void released(Fate fate) {
        add(Fate.PARKED, -1);
        add(fate, 1);
    }

    private void add(Fate fate, long by) {
        fates.merge(fate, by, Math::addExact);
    }

    public Source source() {
        return source;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public long appendedAt() {
        return appendedAt;
    }

    public long read() {
        return read;
    }

    public long count(Fate fate) {
        return fates.getOrDefault(fate, 0L);
    }
}
