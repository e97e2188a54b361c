package io.tidemark.streams.pages;

import io.tidemark.streams.customers.KnownSeries;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Sums;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Sums one customer's pages: a point get for each series and piece. */
final class CustomerReader {
    /** Bounds what one query holds at once. */
    private static final int SERIES_AT_ONCE = 100;

    private final HotReads reads;
    private final PageSeen seen;

    CustomerReader(HotReads reads) {
        this(reads, (series, piece, page) -> {});
    }

    /** @param seen is told of each page that has anything of a sum in it */
    CustomerReader(HotReads reads, PageSeen seen) {
        this.reads = reads;
        this.seen = seen;
    }

    /** What is told of a page that was added to a sum. */
    @FunctionalInterface
    interface PageSeen {
        void page(Series series, Piece piece, byte[] stored);
    }

    /** What was used of each meter that was used at all, by kind and name. */
    List<MeterUsage> meters(int partition, String tenant, String customer, List<Piece> pieces) {
        Map<Series, Sums> byMeter = new TreeMap<>();
        List<Series> known = List.copyOf(KnownSeries.of(reads, partition, tenant, customer));
        for (int from = 0; from < known.size(); from += SERIES_AT_ONCE) {
            List<Series> some = known.subList(from, Math.min(known.size(), from + SERIES_AT_ONCE));
            read(partition, tenant, customer, some, pieces, byMeter);
        }
        var meters = new ArrayList<MeterUsage>();
        byMeter.forEach((meter, sums) -> meters.add(new MeterUsage(meter.kind(), meter.meter(), sums)));
        return meters;
    }

    private void read(
            int partition,
            String tenant,
            String customer,
            List<Series> some,
            List<Piece> pieces,
            Map<Series, Sums> byMeter) {
        var keys = new ArrayList<Bytes>();
        for (Series series : some) {
            for (Piece piece : pieces) {
                keys.add(new PageKey(tenant, piece.granularity(), piece.period(), customer, series).toBytes());
            }
        }
        Iterator<byte @Nullable []> pages = reads.get(partition, keys).iterator();
        for (Series series : some) {
            Amounts sums = Amounts.of(series.kind());
            if (add(series, pieces, pages, sums)) {
                var meter = new Series(series.kind(), series.meter(), "", "");
                byMeter.merge(meter, SeriesSums.of(series, sums), Sums::plus);
            }
        }
    }

    /** Adds a series' pieces out of the next pages; says whether there is anything in them. */
    private boolean add(Series series, List<Piece> pieces, Iterator<byte @Nullable []> pages, Amounts sums) {
        boolean any = false;
        for (Piece piece : pieces) {
            byte[] page = pages.next();
            if (page != null && Page.sum(page, piece.granularity(), piece.fromSlot(), piece.toSlot(), sums)) {
                seen.page(series, piece, page);
                any = true;
            }
        }
        return any;
    }

    static long requests(List<MeterUsage> meters) {
        return meters.stream()
                .filter(meter -> meter.kind() == EventKind.REQUEST)
                .mapToLong(meter -> meter.sums().count())
                .sum();
    }
}
