package io.tidemark.streams.pages;

import io.tidemark.benchmarks.contestants.HeapCounting;
import io.tidemark.benchmarks.contestants.WideIds;
import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import io.tidemark.benchmarks.course.WireEvent;
import io.tidemark.streams.event.Amounts;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;

/** Adds up in the product's own pages, decoded, in hash maps. In the package of {@code pages}, because its pages are that room's alone. */
public final class DecodedCounter implements HeapCounting {
    private final WireEvent event = new WireEvent();
    private final WideIds ids = new WideIds();
    private final Amounts reading = new Amounts(Tally.SIZE);
    private final Map<Granularity, Map<Bytes, Page>> pages = new EnumMap<>(Granularity.class);
    private long duplicates;

    public DecodedCounter() {
        for (Granularity one : Granularity.values()) {
            pages.put(one, new HashMap<>());
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
        pages.forEach((granularity, held) -> {
            int period = granularity.period(event.minute());
            held.computeIfAbsent(event.pageKey(period), first -> new Page(granularity, Tally.SIZE))
                    .add(granularity.slot(event.minute()), reading);
        });
    }

    @Override
    public Counted counted() {
        return new Counted(duplicates, sum(Granularity.HOUR), sum(Granularity.DAY), sum(Granularity.MONTH));
    }

    private Tally sum(Granularity granularity) {
        var sums = new Amounts(Tally.SIZE);
        pages.getOrDefault(granularity, Map.of()).values().forEach(page -> page.sum(sums));
        var tally = new long[Tally.SIZE];
        for (int i = 0; i < Tally.SIZE; i++) {
            tally[i] = sums.small(i);
        }
        return Tally.of(tally);
    }
}
