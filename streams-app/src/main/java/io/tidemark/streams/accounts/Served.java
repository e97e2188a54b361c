package io.tidemark.streams.accounts;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The partitions this instance may answer for: active here, with their state restored.
 *
 * <p>Kafka Streams initialises a task's processors only when its state is whole, and closes them before the task is
 * suspended or handed on. A query without {@code requireActive} would answer from a restoring task; with it, one task
 * that restores makes every other of its thread look unavailable.
 */
public final class Served {
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

    void open(int partition) {
        partitions.add(partition);
    }

    void close(int partition) {
        partitions.remove(partition);
    }

    public boolean has(int partition) {
        return partitions.contains(partition);
    }

    public Set<Integer> all() {
        return Set.copyOf(partitions);
    }
}
