package io.tidemark.streams.event;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How far one source partition has been handled and what became of its records. Mutable; one task's alone.
 *
 * <p>At every moment between two records {@code read} is the sum of the fates.
 */
public final class Progress {
    private final Source source;
    private final int partition;
    /** A cell each: the count of one changes with every record. */
    private final EnumMap<Fate, long[]> fates = new EnumMap<>(Fate.class);

    private long offset;
    private long appendedAt;
    private long read;
    private long firstParked;
    private long parkedSince;

    /**
     * @param offset the last offset handled; -1 before the first
     * @param appendedAt the largest append time handled, UTC milliseconds; 0 before the first
     * @param firstParked the offset of the first record that is parked; -1 when none is
     * @param parkedSince its append time, UTC milliseconds
     */
    public Progress(
            Source source,
            int partition,
            long offset,
            long appendedAt,
            long read,
            Map<Fate, Long> fates,
            long firstParked,
            long parkedSince) {
        this.source = source;
        this.partition = partition;
        this.offset = offset;
        this.appendedAt = appendedAt;
        this.read = read;
        for (Fate fate : Fate.values()) {
            this.fates.put(fate, new long[] {fates.getOrDefault(fate, 0L)});
        }
        this.firstParked = firstParked;
        this.parkedSince = parkedSince;
    }

    /** Nothing handled yet. */
    public static Progress none(Source source, int partition) {
        return new Progress(source, partition, -1, 0, 0, Map.of(), -1, 0);
    }

    /** Notes a record that was read now. */
    public void handled(long atOffset, long appended, Fate fate) {
        offset = atOffset;
        appendedAt = Math.max(appendedAt, appended);
        read++;
        add(fate, 1);
        if (fate == Fate.PARKED && !hasParked()) {
            firstParkedIs(atOffset, appended);
        }
    }

    /** Notes that a record parked earlier has met its fate. */
    public void released(Fate fate) {
        add(Fate.PARKED, -1);
        add(fate, 1);
    }

    /** Notes which record is the first that is parked now. */
    public void firstParkedIs(long atOffset, long appended) {
        firstParked = atOffset;
        parkedSince = appended;
    }

    /** Notes that none is parked any more. */
    public void noneParked() {
        firstParkedIs(-1, 0);
    }

    public boolean hasParked() {
        return firstParked >= 0;
    }

    public long firstParked() {
        return firstParked;
    }

    public long parkedSince() {
        return parkedSince;
    }

    /** The offset up to which every record has met its fate; -1 when there is none. */
    public long settledUpTo() {
        return hasParked() ? firstParked - 1 : offset;
    }

    private void add(Fate fate, long by) {
        long[] count = cell(fate);
        count[0] = Math.addExact(count[0], by);
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
        return cell(fate)[0];
    }

    private long[] cell(Fate fate) {
        return Objects.requireNonNull(fates.get(fate));
    }
}
