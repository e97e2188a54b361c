package io.tidemark.streams.event;

import java.util.List;

/** How many records were read, and what became of them. Mutable; one task's alone. */
@SuppressWarnings("EnumOrdinal") // The order of fates is that of stored values, and final.
public final class Counts {
    private static final List<Fate> FATES = List.of(Fate.values());

    private final long[] fates = new long[FATES.size()];
    private long read;

    /** Of nothing. */
    public Counts() {}

    /** As they were kept: also if they do not add up. */
    public static Counts of(long read, long... fates) {
        var counts = new Counts();
        counts.read = read;
        System.arraycopy(fates, 0, counts.fates, 0, fates.length);
        return counts;
    }

    /** Notes a record that was read now. */
    public void handled(Fate fate) {
        read = Math.incrementExact(read);
        add(fate, 1);
    }

    /** Notes that a record parked earlier has met its fate. */
    public void released(Fate fate) {
        add(Fate.PARKED, -1);
        add(fate, 1);
    }

    /** Takes the other's in. */
    public void add(Counts other) {
        read = Math.addExact(read, other.read);
        FATES.forEach(fate -> add(fate, other.count(fate)));
    }

    public long read() {
        return read;
    }

    public long count(Fate fate) {
        return fates[fate.ordinal()];
    }

    public Counts copy() {
        return of(read, fates);
    }

    private void add(Fate fate, long by) {
        fates[fate.ordinal()] = Math.addExact(fates[fate.ordinal()], by);
    }
}
