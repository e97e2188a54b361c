package io.tidemark.streams.reconciliation;

import io.tidemark.streams.event.Counts;
import io.tidemark.streams.event.Fate;

/** How many records were read, and how many came to each fate. */
public record Balance(
        long read, long counted, long duplicate, long conflict, long rejected, long rekeyed, long parked) {
    public static final Balance NOTHING = new Balance(0, 0, 0, 0, 0, 0, 0);

    static Balance of(Counts counts) {
        return new Balance(
                counts.read(),
                counts.count(Fate.COUNTED),
                counts.count(Fate.DUPLICATE),
                counts.count(Fate.CONFLICT),
                counts.count(Fate.REJECTED),
                counts.count(Fate.REKEYED),
                counts.count(Fate.PARKED));
    }

    /** Both together. */
    public Balance plus(Balance other) {
        return new Balance(
                Math.addExact(read, other.read),
                Math.addExact(counted, other.counted),
                Math.addExact(duplicate, other.duplicate),
                Math.addExact(conflict, other.conflict),
                Math.addExact(rejected, other.rejected),
                Math.addExact(rekeyed, other.rekeyed),
                Math.addExact(parked, other.parked));
    }

    /** How many records came to anything. */
    public long fates() {
        return counted + duplicate + conflict + rejected + rekeyed + parked;
    }

    /** Whether each record that was read came to one fate, and no fate has fewer than none. */
    public boolean addsUp() {
        boolean possible = Math.min(Math.min(counted, duplicate), Math.min(conflict, rejected)) >= 0
                && Math.min(rekeyed, parked) >= 0;
        return possible && read == fates();
    }
}
