package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import org.jspecify.annotations.Nullable;

/**
 * What the next finer page has to be told of an event, or rather its slot: nothing while all of that fell into one minute; once a second minute comes, what
 * stood in the slot until then goes there first.
 */
final class Below {
    /** The page above says it all. */
    static final Below NOTHING = new Below(null, false);

    /** A finer page may be stored; it has all that fell into the slot, unless it has passed. */
    static final Below MAY_BE = new Below(null, true);

    private final @Nullable OneMinute first;
    private final boolean mayBeStored;

    private Below(@Nullable OneMinute first, boolean mayBeStored) {
        this.first = first;
        this.mayBeStored = mayBeStored;
    }

    /**
     * All that fell into a slot until now.
     *
     * @param minute the only one, since 1970-01-01T00:00Z
     * @param arrivals of those events; the newest may be of another one of the page they stood in
     */
    record OneMinute(long minute, Amounts sums, Arrivals arrivals) {}

    /**
     * No finer page has anything of the slot yet: first goes what fell into it until now.
     *
     * @param mayBeStored whether there may be a finer page with something of another slot
     */
    static Below first(OneMinute first, boolean mayBeStored) {
        return new Below(first, mayBeStored);
    }

    boolean mayBeStored() {
        return mayBeStored;
    }

    /** How many amounts of a slot a finer page must have room for. */
    int amounts(Amounts reading) {
        return first == null
                ? reading.size()
                : Math.max(reading.size(), first.sums().size());
    }

    /** What a finer page has to take over before anything is added to it. */
    void handOver(Page finer) {
        if (first != null) {
            finer.take(first);
        }
    }

    @Nullable
    OneMinute first() {
        return first;
    }
}
