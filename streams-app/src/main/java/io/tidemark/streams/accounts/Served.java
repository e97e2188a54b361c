package io.tidemark.streams.accounts;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The partitions this instance counts, and may answer for: active here, with their state restored.
 *
 * <p>Kafka Streams initialises a task's processors only when its state is whole, and closes them before the task is
 * suspended or handed on. A query without {@code requireActive} would answer from a restoring task; with it, one task
 * that restores makes every other of its thread look unavailable.
 */
public final class Served {
    /** What {@link #stay} gives for a partition that is not served. */
    public static final long NOT = -1;

    private final Map<Integer, Long> stays = new ConcurrentHashMap<>();
    private final Map<Integer, Long> turns = new ConcurrentHashMap<>();
    private final Map<Integer, Long> openings = new ConcurrentHashMap<>();
    private final AtomicLong opened = new AtomicLong();

    /** The partition is active, and its state whole. */
    public void open(int partition) {
        long stay = next();
        turns.put(partition, stay);
        stays.put(partition, stay);
    }

    /** The number of a new stay, of whatever kind: greater than all before. */
    public long next() {
        return opened.incrementAndGet();
    }

    /** The partition's store is opened: whatever was said of the one before does not hold of this one, which may be empty. */
    public void opening(int partition) {
        long turn = next();
        openings.put(partition, turn);
        turns.put(partition, turn);
    }

    /** Whether the partition's store was opened since that stay began: until then, things were only added to it. */
    public boolean wasOpened(int partition, long since) {
        return since <= openings.getOrDefault(partition, 0L);
    }

    /** Whether the partition's store was opened, or the partition became active, since that stay began. */
    public boolean isOver(int partition, long stay) {
        return stay <= turns.getOrDefault(partition, 0L);
    }

    /** It is not any more. */
    public void close(int partition) {
        stays.remove(partition);
    }

    /**
     * Which stay of the partition this is, or {@link #NOT}. A read is good when the stay is the same before and after it:
     * otherwise the task may have moved, and what was read may have come from a store that was being restored.
     */
    public long stay(int partition) {
        return stays.getOrDefault(partition, NOT);
    }

    public Set<Integer> all() {
        return Set.copyOf(stays.keySet());
    }
}
