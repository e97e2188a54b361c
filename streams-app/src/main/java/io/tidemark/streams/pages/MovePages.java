package io.tidemark.streams.pages;

import io.tidemark.streams.customers.Erasure;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.BytesIn;
import io.tidemark.streams.hot.HotStore;
import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Moves the pages of a customer that was erased to its pseudonym, all of them before the task does anything else.
 *
 * <p>Which months there are, the store says; which days a month has, and which hours a day, those slots of its page that have a finer one.
 * So nothing is looked up that never was, and what was purged is passed over. Coarser pages go before finer ones, other than when events are added: what is read across a move is read again
 * ({@link Outset}).
 */
public final class MovePages implements Processor<Void, Erasure, Void, MovedMonths> {
    private ProcessorContext<Void, MovedMonths> context;
    private KeyValueStore<Bytes, byte[]> hot;
    private KeyValueStore<Bytes, byte[]> stored;

    @Override
    public void init(ProcessorContext<Void, MovedMonths> taskContext) {
        context = taskContext;
        hot = taskContext.getStateStore(HotStore.NAME);
        stored = hot;
    }

    @Override
    public void process(Record<Void, Erasure> record) {
        Erasure erasure = record.value();
        stored = TaskPages.of(hot)
                .stored(page -> page.owner().isOf(erasure.tenant(), erasure.was())
                        || page.owner().isOf(erasure.tenant(), erasure.as()));
        var moved = new TreeSet<Integer>();
        SortedSet<Integer> months = months(erasure.tenant());
        for (Series series : erasure.series()) {
            for (int month : months) {
                if (moveMonth(erasure, series, month)) {
                    moved.add(month);
                }
            }
        }
        context.forward(record.withValue(new MovedMonths(erasure.tenant(), erasure.was(), erasure.as(), moved)));
    }

    /** Every month that anybody of a tenant has a page of: a look-up for each. */
    private SortedSet<Integer> months(String tenant) {
        var months = new TreeSet<Integer>();
        Bytes end = PageKey.prefix(tenant, Granularity.MONTH, Integer.MAX_VALUE).toKey();
        int behind = PageKey.prefix(tenant, Granularity.MONTH, 0).toKey().get().length - Integer.BYTES;
        int next = 0;
        while (true) {
            Bytes from = PageKey.prefix(tenant, Granularity.MONTH, next).toKey();
            try (KeyValueIterator<Bytes, byte[]> pages = stored.range(from, end)) {
                if (!pages.hasNext()) {
                    return months;
                }
                int month = new BytesIn(pages.next().key.get(), behind).int32();
                months.add(month);
                next = month + 1;
            }
        }
    }

    private boolean moveMonth(Erasure erasure, Series series, int month) {
        byte[] page = move(erasure, series, Granularity.MONTH, month);
        if (page == null) {
            return false;
        }
        int firstDay = Granularity.DAY.period(Granularity.MONTH.start(month));
        Page.withFiner(page, Granularity.MONTH).stream().forEach(day -> moveDay(erasure, series, firstDay + day));
        return true;
    }

    private void moveDay(Erasure erasure, Series series, int day) {
        byte[] page = move(erasure, series, Granularity.DAY, day);
        if (page != null) {
            int firstHour = Granularity.HOUR.period(Granularity.DAY.start(day));
            BitSet quarters = Page.withFiner(page, Granularity.DAY);
            quarters.stream()
                    .map(quarter -> quarter / Granularity.DAY.slotsOfAFinerPage())
                    .distinct()
                    .forEach(hour -> move(erasure, series, Granularity.HOUR, firstHour + hour));
        }
    }

    /** The page that was moved; null where there is none. */
    private byte @Nullable [] move(Erasure erasure, Series series, Granularity granularity, int period) {
        Bytes from = new PageKey(erasure.tenant(), granularity, period, erasure.was(), series).toBytes();
        byte[] page = stored.get(from);
        if (page != null) {
            stored.put(new PageKey(erasure.tenant(), granularity, period, erasure.as(), series).toBytes(), page);
            stored.delete(from);
        }
        return page;
    }
}
