package io.tidemark.streams.pages;

import io.tidemark.benchmarks.contestants.HeapCounting;
import io.tidemark.benchmarks.contestants.WideIds;
import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import io.tidemark.benchmarks.course.WireEvent;
import io.tidemark.streams.event.Amounts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** Adds up in the product's own pages, decoded, in hash maps. In the package of {@code pages}, because its pages are that room's alone. */
public final class DecodedCounter implements HeapCounting {
    private static final Arrival ARRIVAL = new Arrival(1_792_497_600L, false, false);

    private final WireEvent event = new WireEvent();
    private final WideIds ids = new WideIds();
    private final Amounts reading = new Amounts(Tally.SIZE);
    private final List<Map<Bytes, Page>> pages = new ArrayList<>();
    private long duplicates;

    public DecodedCounter() {
        for (int i = 0; i < Granularity.count(); i++) {
            pages.add(new HashMap<>());
        }
    }

    @Override
    public void count(byte[] value) {
        event.read(value);
        if (!ids.add(event.idHigh(), event.idLow())) {
            duplicates++;
            return;
        }
        for (int i = 0; i < Tally.SIZE; i++) {
            reading.add(i, event.amounts()[i] - reading.small(i));
        }
        Below below = Below.MAY_BE;
        for (int i = 0; i < Granularity.count() && below != Below.NOTHING; i++) {
            Granularity granularity = Granularity.coarsest(i);
            Page page = pages.get(i)
                    .computeIfAbsent(
                            event.pageKey(granularity.period(event.minute())),
                            first -> new Page(granularity, Tally.SIZE));
            below.handOver(page);
            below = page.add(event.minute(), reading, ARRIVAL);
        }
    }

    @Override
    public Counted counted() {
        return new Counted(duplicates, sum(2), sum(1), sum(0));
    }

    /** All of a level: what its pages have, and what those above alone have. */
    private Tally sum(int level) {
        var sums = new Amounts(Tally.SIZE);
        pages.get(level).values().forEach(page -> page.sum(sums));
        for (Map<Bytes, Page> above : pages.subList(0, level)) {
            above.values()
                    .forEach(page -> Page.slots(
                            page.encode(),
                            page.granularity(),
                            (slot, minute) -> minute == Page.HAS_FINER ? null : sums));
        }
        var tally = new long[Tally.SIZE];
        for (int i = 0; i < Tally.SIZE; i++) {
            tally[i] = sums.small(i);
        }
        return Tally.of(tally);
    }
}
