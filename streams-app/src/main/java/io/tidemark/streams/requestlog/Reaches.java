package io.tidemark.streams.requestlog;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Since when the log of each partition that is counted in this process is whole. Said here before it is so: a row is gone, or was never there, only
 * where this says so already. In no store, as a task that begins could not write it before it is asked.
 */
public final class Reaches {
    private static final long NOTHING_MISSING = 0;

    private final Map<Integer, Reach> reaches = new ConcurrentHashMap<>();

    private record Reach(long horizon, long whole) {}

    /**
     * From now on that is so.
     *
     * @param horizon rows of before this second may be gone
     * @param whole every row of this second and after it is
     */
    void set(int partition, long horizon, long whole) {
        reaches.put(partition, new Reach(horizon, whole));
    }

    /** Rows of before this second may be gone, UTC since 1970-01-01. */
    long horizon(int partition) {
        Reach reach = reaches.get(partition);
        return reach == null ? NOTHING_MISSING : reach.horizon();
    }

    /** The first second whose rows are all there, in UTC seconds since 1970-01-01; empty where none was ever missing. */
    OptionalLong of(int partition) {
        Reach reach = reaches.get(partition);
        return reach == null || reach.whole() <= NOTHING_MISSING
                ? OptionalLong.empty()
                : OptionalLong.of(reach.whole());
    }
}
