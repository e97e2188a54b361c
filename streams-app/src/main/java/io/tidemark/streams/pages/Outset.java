package io.tidemark.streams.pages;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.customers.Moves;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.Position;
import io.tidemark.streams.reading.Proven;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is known of a partition before its pages are read: they hold at least that.
 *
 * @param stay which stay of the partition it is; another one may hold less
 * @param moves how many customers were moved in it: what is read across a move holds one of them twice, or in parts
 * @param horizon up to where pages are purged
 * @param asOf everything appended up to then is in the pages
 */
record Outset(long stay, long moves, List<Progress> progress, Horizon horizon, Instant asOf) {

    /** @throws HotReads.NotServed when the partition cannot be read here now */
    static Outset of(HotReads reads, StoredProgress stored, IntFunction<Proven> proof, int partition) {
        // In this order: what is proven later may be of records that are parked by then, of which this progress knows
        // nothing.
        long stay = reads.stay(partition);
        long moves = Moves.of(reads, partition);
        Proven proven = proof.apply(partition);
        List<Progress> progress = stored.of(partition);
        return new Outset(
                stay, moves, progress, Horizon.decode(reads.get(partition, Horizon.KEY)), proven.of(progress));
    }

    Position position() {
        return Position.of(progress);
    }

    /** A number that grows with whatever progress there is. */
    long turns() {
        return progress.stream().mapToLong(Progress::turn).sum();
    }

    /** Whether pages read between that and this were in one store, and none of them moved to another customer. */
    boolean isOfTheSameStore(Outset before) {
        return stay == before.stay && moves == before.moves;
    }

    /** Whether pages read between that and this are what that said, and none of them was purged or moved. */
    boolean isWhereItWas(Outset before) {
        return isOfTheSameStore(before) && horizon.equals(before.horizon);
    }
}
