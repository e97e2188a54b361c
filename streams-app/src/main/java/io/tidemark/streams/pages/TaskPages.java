package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.hot.PastTheCache;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The pages of one task, for the steps inside it: nothing there reads or writes a page but through this. One form writes what it
 * changes to the record cache ({@link StockPages}), the other keeps it until the record cache writes out ({@link DecodedPages}).
 */
interface TaskPages {

    /**
     * Adds an event to its month page, and to those of its day and hour where the one above does not say it all; but not to those that have passed.
     *
     * @param appendedAt when it was first appended, UTC milliseconds since 1970-01-01
     */
    void add(Event event, long appendedAt, Horizon horizon);

    /** Adds every slot of a page to {@code into}; says whether any is present. */
    boolean sum(PageKey key, Amounts into);

    /**
     * Where pages lie as they are stored, to change them there: now, not later. What the task has written before is written
     * before that, too, and of the pages that are named nothing is held any more.
     */
    KeyValueStore<Bytes, byte[]> stored(Predicate<HeldPage> named);

    /** No more events are added. */
    void close();

    /** How the task that has this store has its pages: {@link AddUp}, which comes first, has said it. */
    static TaskPages of(KeyValueStore<Bytes, byte[]> hot) {
        return PastTheCache.of(hot)
                .filter(past -> past.held() instanceof DecodedPages)
                .<TaskPages>map(past -> (DecodedPages) past.held())
                .orElseGet(() -> new StockPages(hot));
    }
}
