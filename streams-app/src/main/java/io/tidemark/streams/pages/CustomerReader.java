package io.tidemark.streams.pages;

import io.tidemark.streams.customers.KnownSeries;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Sums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;

/** Sums one customer's pages: of each series a point get for each piece that there may be anything of. */
final class CustomerReader {
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
        for (Series series : KnownSeries.of(reads, partition, tenant, customer)) {
            Amounts sums = Amounts.of(series.kind());
            if (add(partition, tenant, customer, series, pieces, sums)) {
                var meter = new Series(series.kind(), series.meter(), "", "");
                byMeter.merge(meter, SeriesSums.of(series, sums), Sums::plus);
            }
        }
        var meters = new ArrayList<MeterUsage>();
        byMeter.forEach((meter, sums) -> meters.add(new MeterUsage(meter.kind(), meter.meter(), sums)));
        return meters;
    }

    /** Adds what a series has of the pieces; says whether there is anything. */
    private boolean add(
            int partition, String tenant, String customer, Series series, List<Piece> pieces, Amounts sums) {
        boolean any = false;
        var descent = new Descent(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            if (descent.isOpen(i)) {
                Piece piece = pieces.get(i);
                Bytes key = new PageKey(tenant, piece.granularity(), piece.period(), customer, series).toBytes();
                byte[] page = reads.get(partition, key);
                if (page != null) {
                    descent.read(i, page);
                    if (piece.sum(page, sums)) {
                        seen.page(series, piece, page);
                        any = true;
                    }
                }
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
