package io.tidemark.benchmarks.contestants;

import io.tidemark.benchmarks.course.Counted;
import io.tidemark.benchmarks.course.Tally;
import io.tidemark.benchmarks.course.WireEvent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.common.utils.Bytes;

/** Ids and pages of some partitions: hour pages of minutes, day pages of quarter hours, month pages of days, as bytes. */
final class HeapCounter implements HeapCounting {
    private final WireEvent event = new WireEvent();
    private final Set<UUID> ids = new HashSet<>();
    private final List<Level> levels =
            Arrays.stream(HeapLevel.values()).map(Level::new).toList();
    private long duplicates;

    /** The pages of one granularity. */
    private record Level(HeapLevel of, Map<Bytes, byte[]> pages) {
        Level(HeapLevel of) {
            this(of, new HashMap<>());
        }
    }

    @Override
    public void count(byte[] value) {
        event.read(value);
        if (!ids.add(new UUID(event.idHigh(), event.idLow()))) {
            duplicates++;
            return;
        }
        for (Level level : levels) {
            count(level.of(), level.pages());
        }
    }

    private void count(HeapLevel level, Map<Bytes, byte[]> pages) {
        long slot = Math.floorDiv(event.minute(), level.minutes());
        int within = (int) Math.floorMod(slot, (long) level.slots());
        Bytes key = event.pageKey((int) Math.floorDiv(slot, (long) level.slots()));
        byte[] page = pages.get(key);
        pages.put(
                key, page == null ? HeapPage.of(within, event.amounts()) : HeapPage.add(page, within, event.amounts()));
    }

    @Override
    public Counted counted() {
        return new Counted(duplicates, sum(levels.get(0)), sum(levels.get(1)), sum(levels.get(2)));
    }

    private static Tally sum(Level level) {
        var sums = new long[Tally.SIZE];
        level.pages().values().forEach(page -> HeapPage.addTo(sums, page));
        return Tally.of(sums);
    }
}
