package io.tidemark.streams.hot;

import java.util.concurrent.atomic.AtomicLong;

/** So many bytes of the heap, for all who share them. */
public final class MemoryBudget {
    private static final int PART_OF_HEAP = 16;

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    public MemoryBudget(long most) {
        this.most = most;
    }

    /** A sixteenth of what the heap may grow to. */
    public static MemoryBudget ofHeap() {
        return new MemoryBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** Takes that many, where they are left; says whether. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    /** Takes that many, which are in use already; fewer than none gives them back. */
    void use(long bytes) {
        taken.addAndGet(bytes);
    }

    /** Whether more is in use than there is. */
    boolean isOver() {
        return taken.get() > most;
    }

    /** Gives back what was taken. */
    void give(long bytes) {
        taken.addAndGet(-bytes);
    }

    /** How many are taken now. */
    long taken() {
        return taken.get();
    }
}
