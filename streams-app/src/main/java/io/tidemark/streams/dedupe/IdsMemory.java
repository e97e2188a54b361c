package io.tidemark.streams.dedupe;

/**
 * How much memory the tables of ids may take in this process, in equal shares for the tasks that are counted here. A task that comes while
 * others still have more than their share makes do with what is left, until they have given it back.
 */
public final class IdsMemory {
    private final long bytes;
    private int tasks;
    private long used;

    public IdsMemory(long bytes) {
        this.bytes = bytes;
    }

    synchronized Share join() {
        tasks++;
        return new Share();
    }

    /** One task's. */
    final class Share {
        private long mine;

        /** How much this task may use now. */
        long most() {
            synchronized (IdsMemory.this) {
                return Math.min(bytes / tasks, bytes - (used - mine));
            }
        }

        void uses(long now) {
            synchronized (IdsMemory.this) {
                used += now - mine;
                mine = now;
            }
        }

        void leave() {
            synchronized (IdsMemory.this) {
                uses(0);
                tasks--;
            }
        }
    }
}
