package io.tidemark.streams.event;

/**
 * What of a source partition no hour's tally has: records that were handled by a build that kept none, and those of hours that were given up.
 * Mutable; one task's alone.
 */
public final class Earlier {
    /** No record was handled before tallies began. */
    public static final long NONE = -1;

    private final long offset;
    private final long appendedAt;
    private final Counts counts;
    private int hour;

    /**
     * @param offset every record up to this one is in here; {@link #NONE}
     * @param appendedAt the largest append time of those, UTC milliseconds; 0 where there are none
     * @param hour records appended in hours before this one are in here too, in hours since 1970-01-01T00:00Z
     */
    public Earlier(long offset, long appendedAt, int hour, Counts counts) {
        this.offset = offset;
        this.appendedAt = appendedAt;
        this.hour = hour;
        this.counts = counts;
    }

    /** Whether a record is in here, and in no hour's tally. */
    public boolean has(long atOffset, int appendedIn) {
        return atOffset <= offset || appendedIn < hour;
    }

    /** Takes in what was told of an hour that is given up. */
    public void takeIn(Counts tally) {
        counts.add(tally);
    }

    /** From now on, hours before that one are in here. */
    public void takesInBefore(int first) {
        hour = first;
    }

    public long offset() {
        return offset;
    }

    public long appendedAt() {
        return appendedAt;
    }

    public int hour() {
        return hour;
    }

    public Counts counts() {
        return counts;
    }
}
