package io.tidemark.streams.pages;

import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.Event;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.PastTheCache;
import io.tidemark.streams.hot.WriteBehind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Pages that are held decoded, and encoded and written once for all that changed since: before anything leaves the record
 * cache, so before the progress that speaks of it. They are no deltas but what the store will have, and gone with the task when it fails, as its
 * transaction is.
 *
 * <p>A coarser page says whether there may be a finer one: a slot that was never added to has none, nor has one of a single minute ({@link Page}). So most pages that are
 * new are not looked for, and many are never made.
 *
 * <p>When what is held outgrows its share of the memory, what changed is written out and what was not used of late let go.
 */
final class DecodedPages implements TaskPages, WriteBehind {
    /** Bounds what is encoded at once. */
    private static final int MOST_IN_A_BATCH = 1_000;

    private final PastTheCache store;
    private final PageMemory memory;
    private final HeldPages held = new HeldPages();
    private final List<HeldPage> changed = new ArrayList<>();
    private final BytesOut out = new BytesOut();
    private boolean closed;

    DecodedPages(PastTheCache store, PageMemory memory) {
        this.store = store;
        this.memory = memory;
    }

    @Override
    public void add(Event event, long appendedAt, Horizon horizon) {
        long minute = Minutes.of(event);
        PageOwner owner = held.ownerOf(event);
        Amounts reading = event.reading();
        Arrival arrival = Arrival.of(event, appendedAt);
        Below below = Below.MAY_BE;
        for (int i = 0; i < Granularity.count() && below != Below.NOTHING; i++) {
            Granularity granularity = Granularity.coarsest(i);
            // Parked for long: a page made now would never be read, nor purged.
            if (horizon.hasPassed(granularity, minute)) {
                break;
            }
            HeldPage page = page(owner, granularity, minute, below.mayBeStored(), below.amounts(reading));
            below = add(page, below, minute, reading, arrival);
        }
        if (isFull()) {
            writeOut();
        }
    }

    private HeldPage page(PageOwner owner, Granularity granularity, long minute, boolean mayBeStored, int amounts) {
        int period = granularity.period(minute);
        HeldPage page = held.find(owner, granularity, period);
        if (page == null) {
            byte[] stored = mayBeStored ? store.logged().get(owner.key(granularity, period)) : null;
            page = new HeldPage(owner, granularity, period, amounts, stored);
            held.add(page);
        }
        return page;
    }

    private Below add(HeldPage page, Below above, long minute, Amounts reading, Arrival arrival) {
        int before = page.heapBytes();
        above.handOver(page);
        Below below = page.add(minute, reading, arrival);
        held.grew(page.heapBytes() - before);
        if (page.change()) {
            changed.add(page);
        }
        return below;
    }

    /** The old generation may be as large as the young one. */
    private boolean isFull() {
        return held.youngBytes() > memory.share() / 2;
    }

    @Override
    public void writeOut() {
        if (changed.isEmpty()) {
            return;
        }
        // RocksDB finds the place of an entry from that of the one before.
        changed.sort(HeldPage.FINER_FIRST);
        for (int from = 0; from < changed.size(); from += MOST_IN_A_BATCH) {
            List<HeldPage> some = changed.subList(from, Math.min(changed.size(), from + MOST_IN_A_BATCH));
            var entries = new ArrayList<KeyValue<Bytes, byte[]>>(some.size());
            some.forEach(page -> entries.add(page.written(out)));
            store.write(entries);
        }
        changed.clear();
        if (isFull()) {
            held.age();
        }
        if (closed) {
            letAllGo();
        }
    }

    private void letAllGo() {
        held.letGo(page -> true);
    }

    @Override
    public boolean sum(PageKey key, Amounts into) {
        HeldPage page = held.look(key);
        if (page != null) {
            return page.sum(into);
        }
        byte @Nullable [] stored = store.logged().get(key.toBytes());
        return stored != null && Page.sum(stored, key.granularity(), into);
    }

    @Override
    public KeyValueStore<Bytes, byte[]> stored(Predicate<HeldPage> named) {
        store.settle();
        held.letGo(named);
        return store.logged();
    }

    /** What changed is still written out, should that be asked for: a task that is suspended may be committed afterwards. */
    @Override
    public void close() {
        if (!closed) {
            memory.leave();
        }
        closed = true;
        if (changed.isEmpty()) {
            letAllGo();
        }
    }
}
