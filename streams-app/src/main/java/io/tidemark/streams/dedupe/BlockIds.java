package io.tidemark.streams.dedupe;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Ids in blocks: what a commit brings is one record or a few ({@link FillingBlock}), and a table in memory ({@link IdTable}) says of nearly
 * every new id that no block holds it. A slice that is full or old is sealed, its table written beside its blocks: a start reads
 * tables, and blocks of the newest slice alone.
 *
 * <p>What is in no record yet goes with the process, as the transaction does that it belongs to.
 */
final class BlockIds {
    /** A slice is sealed when all since the one before are handled for that part of the reach, however few they are. */
    private static final int SLICES_IN_REACH = 4;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Forgotten forgotten;
    private final long reach;
    private final Bounds bounds;
    private final IdsMemory.Share memory;
    private final SealedSlices sealed;
    private OpenSlice open;

    BlockIds(
            KeyValueStore<Bytes, byte[]> store,
            Forgotten forgotten,
            long reach,
            Bounds bounds,
            IdsMemory.Share memory) {
        this.store = store;
        this.forgotten = forgotten;
        this.reach = reach;
        this.bounds = bounds;
        this.memory = memory;
        sealed = new SealedSlices(store, forgotten);
        open = new OpenSlice(store, bounds, sealed.next());
        hold(Long.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Nullable
    FirstSight find(Id id, long arrivedAt) {
        // What waited, parked or on its way through rekey, comes after copies that bear a later time.
        long from = arrivedAt - reach;
        long to = arrivedAt + reach;
        FirstSight sight = open.slice().overlaps(from, to) ? open.find(id) : null;
        return sight == null ? sealed.find(id, from, to) : sight;
    }

    /** Every place an id may lie in, whenever it arrived. */
    void leadTo(Id id, Trail trail) {
        open.leadTo(id, trail);
        sealed.leadTo(id, trail);
    }

    void put(Id id, FirstSight sight, long arrivedAt) {
        forgotten.hasBlocks();
        open.put(id, sight, arrivedAt);
        sealIfFull();
    }

    /** Writes what is in no record yet: before the commit it belongs to ends. */
    void write() {
        open.write();
        sealIfFull();
    }

    /**
     * Forgets some of what arrived before an instant, and looks after the memory.
     *
     * @param handledUpTo everything appended up to then is handled, UTC milliseconds
     */
    void forgetSome(long handledUpTo, long arrivedBefore) {
        // By what is handled, not by what arrived: one source may be weeks ahead of another.
        long since = sealed.newest(open.slice().oldest());
        if (!open.isEmpty() && handledUpTo - since > reach / SLICES_IN_REACH) {
            seal();
        }
        sealed.forgetSome(arrivedBefore);
        hold(handledUpTo - reach, 1);
    }

    void close() {
        memory.leave();
    }

    private void sealIfFull() {
        if (open.isFull()) {
            seal();
            hold(Long.MIN_VALUE, 0);
        }
    }

    private void seal() {
        sealed.add(open.seal());
        open = new OpenSlice(store, bounds, sealed.next());
    }

    private void hold(long arrivedFrom, int most) {
        // The newest table cannot be spared.
        memory.uses(open.bytes() + sealed.hold(memory.most() - open.bytes(), arrivedFrom, most));
    }
}
