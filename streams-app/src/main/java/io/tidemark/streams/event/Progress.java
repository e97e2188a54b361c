package io.tidemark.streams.event;

/**
 * How far one source partition has been handled and what became of its records. Mutable; one task's alone.
 *
 * <p>At every moment between two records {@code read} is the sum of the fates.
 */
public final class Progress {
    private final Source source;
    private final int partition;
    private final Counts counts;
    private final Earlier earlier;

    private long offset;
    private long appendedAt;
    private long firstParked;
    private long parkedSince;
    private long turn;

    /**
     * @param offset the last offset handled; -1 before the first
     * @param appendedAt the largest append time handled, UTC milliseconds; 0 before the first
     * @param firstParked the offset of the first record that is parked; -1 when none is
     * @param parkedSince its append time, UTC milliseconds
     * @param earlier what of it no hour's tally has
     * @param turn how often it was changed since tallies are kept
     */
    public Progress(
            Source source,
            int partition,
            long offset,
            long appendedAt,
            Counts counts,
            long firstParked,
            long parkedSince,
            Earlier earlier,
            long turn) {
        this.source = source;
        this.partition = partition;
        this.offset = offset;
        this.appendedAt = appendedAt;
        this.counts = counts;
        this.firstParked = firstParked;
        this.parkedSince = parkedSince;
        this.earlier = earlier;
        this.turn = turn;
    }

    /** As a build wrote it that kept no tallies: they begin behind it. */
    public static Progress untallied(
            Source source,
            int partition,
            long offset,
            long appendedAt,
            Counts counts,
            long firstParked,
            long parkedSince) {
        var earlier = new Earlier(offset, appendedAt, 0, counts.copy());
        return new Progress(source, partition, offset, appendedAt, counts, firstParked, parkedSince, earlier, 0);
    }

    /** Nothing handled yet. */
    public static Progress none(Source source, int partition) {
        return untallied(source, partition, Earlier.NONE, 0, new Counts(), -1, 0);
    }

    /** Notes a record that was read now. */
    public void handled(long atOffset, long appended, Fate fate) {
        offset = atOffset;
        appendedAt = Math.max(appendedAt, appended);
        counts.handled(fate);
        turn++;
        if (fate == Fate.PARKED && !hasParked()) {
            firstParkedIs(atOffset, appended);
        }
    }

    /** Notes that a record parked earlier has met its fate. */
    public void released(Fate fate) {
        counts.released(fate);
        turn++;
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
        return counts.read();
    }

    public long count(Fate fate) {
        return counts.count(fate);
    }

    /** What of it no hour's tally has. */
    public Earlier earlier() {
        return earlier;
    }

    /** A number that grows with each change: a tally that has a greater one is newer than this. */
    public long turn() {
        return turn;
    }
}
