package io.tidemark.streams.hot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.jspecify.annotations.Nullable;

/**
 * Ranges of one store that are read whole, kept in memory for a while: reading them again does not go through RocksDB, whose iterators
 * call through JNI and copy for each entry. Whatever is written to the store is written to them first, so they have at least what it has (docs/decisions/0034).
 *
 * <p>A write holds a lock over both; so does who begins to keep a range, before it opens its iterator. So the iterator has what was written before, and
 * the range is told of the rest.
 */
final class KeptRanges {
    private static final long IDLE = Duration.ofSeconds(60).toNanos();
    private static final long LOOK_EVERY = Duration.ofSeconds(5).toNanos();
    /** Whatever is written is compared with each. */
    private static final int MOST = 64;

    private final MemoryBudget budget;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<KeptRange> ranges = List.of();
    private volatile long lookedAt;

    KeptRanges(MemoryBudget budget, LongSupplier nanoTime) {
        this.budget = budget;
        this.nanoTime = nanoTime;
        lookedAt = nanoTime.getAsLong();
    }

    /** Before a write, which follows until {@link #wrote}. */
    void writing(Bytes key, byte @Nullable [] value) {
        lock.lock();
        try {
            if (!ranges.isEmpty()) {
                tell(key, value);
                letGoOfIdle();
            }
        } catch (RuntimeException | Error untold) {
            lock.unlock();
            throw untold;
        }
    }

    /** The same of many. */
    void writing(Collection<KeyValue<Bytes, byte[]>> entries) {
        lock.lock();
        try {
            if (!ranges.isEmpty()) {
                entries.forEach(entry -> tell(entry.key, entry.value));
                letGoOfIdle();
            }
        } catch (RuntimeException | Error untold) {
            lock.unlock();
            throw untold;
        }
    }

    /** After it, whatever came of it. */
    void wrote() {
        lock.unlock();
    }

    private void tell(Bytes key, byte @Nullable [] value) {
        for (KeptRange range : ranges) {
            long more = range.wrote(key, value);
            budget.use(more);
            if (more > 0 && budget.isOver()) {
                letGo(range::equals);
            }
        }
    }

    /** Lets go of those that nobody read for a while; looks for them now and then. */
    void letGoOfIdle() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt > LOOK_EVERY) {
            lookedAt = now;
            letGo(range -> range.isUnusedSince(now - IDLE));
        }
    }

    /** Keeps none any more. */
    void clear() {
        if (!ranges.isEmpty()) {
            letGo(any -> true);
        }
    }

    private void letGo(Predicate<KeptRange> which) {
        lock.lock();
        try {
            var left = new ArrayList<KeptRange>();
            for (KeptRange range : ranges) {
                if (which.test(range)) {
                    budget.give(range.bytes());
                } else {
                    left.add(range);
                }
            }
            ranges = List.copyOf(left);
        } finally {
            lock.unlock();
        }
    }

    /** The entries of a range that is kept; null where it is not. */
    @Nullable
    Entries kept(HotReads.Range range, long stay) {
        for (KeptRange one : ranges) {
            if (one.is(range, stay) && one.isWhole()) {
                one.used(nanoTime.getAsLong());
                merge(one);
                return one.entries();
            }
        }
        return null;
    }

    /** Not while something is written: then it is left to who reads next. */
    private void merge(KeptRange range) {
        if (range.isToBeMerged() && lock.tryLock()) {
            try {
                if (ranges.contains(range) && range.isToBeMerged()) {
                    budget.use(range.merge());
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Begins to keep a range; null where it is being read already, or there is no room. Those of another stay are let go: since then, things may have been written that
     * nobody here was told of.
     */
    @Nullable
    Keeping keep(HotReads.Range range, long stay) {
        lock.lock();
        try {
            letGo(one -> !one.isOf(stay));
            if (ranges.size() >= MOST
                    || ranges.stream().anyMatch(one -> one.is(range, stay))
                    || !budget.take(KeptRange.ITSELF_BYTES)) {
                return null;
            }
            var kept = new KeptRange(range, stay, nanoTime.getAsLong());
            var more = new ArrayList<>(ranges);
            more.add(kept);
            ranges = List.copyOf(more);
            return new Keeping(kept);
        } finally {
            lock.unlock();
        }
    }

    /** Reads entries and keeps them, once they were read to their end. */
    final class Keeping {
        private final KeptRange range;
        private final List<byte[]> keys = new ArrayList<>();
        private final List<byte[]> values = new ArrayList<>();
        private long bytes;
        private boolean over;

        private Keeping(KeptRange range) {
            this.range = range;
        }

        /** @param found everything in the range, as of a moment after this was begun */
        Entries entries(Entries found) {
            return new Entries() {
                @Override
                public boolean next() {
                    boolean more = found.next();
                    if (more) {
                        note(found.key(), found.value());
                    } else {
                        end();
                    }
                    return more;
                }

                @Override
                public byte[] key() {
                    return found.key();
                }

                @Override
                public byte[] value() {
                    return found.value();
                }
            };
        }

        private void note(byte[] key, byte[] value) {
            if (over) {
                return;
            }
            int more = key.length + value.length + KeptRange.BESIDE_BYTES;
            if (!budget.take(more)) {
                giveUp();
                return;
            }
            bytes += more;
            keys.add(key);
            values.add(value);
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            lock.lock();
            try {
                if (ranges.contains(range)) {
                    range.read(keys.toArray(byte[][]::new), values.toArray(byte[][]::new), bytes);
                } else {
                    budget.give(bytes);
                }
            } finally {
                lock.unlock();
            }
        }

        /** Where they are not read to their end, or there is no room: the range is not kept. */
        void giveUp() {
            if (!over) {
                over = true;
                budget.give(bytes);
                letGo(range::equals);
            }
        }
    }
}
