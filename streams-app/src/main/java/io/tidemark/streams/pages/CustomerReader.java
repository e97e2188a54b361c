package io.tidemark.streams.pages;

import io.tidemark.streams.customers.HotCustomer;
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

/** Sums one customer's pages: a point get for each series and piece. */
final class CustomerReader {
    private final HotReads reads;

    CustomerReader(HotReads reads) {
        this.reads = reads;
    }

    /** What was used of each meter that was used at all, by kind and name. */
    List<MeterUsage> meters(int partition, String tenant, String customer, HotCustomer known, List<Piece> pieces) {
        Map<Series, Sums> byMeter = new TreeMap<>();
        for (Series series : known.series()) {
            Amounts sums = Amounts.of(series.kind());
            boolean any = false;
            for (Piece piece : pieces) {
                any |= add(
                        partition,
                        new PageKey(tenant, piece.granularity(), piece.period(), customer, series),
                        piece,
                        sums);
            }
            if (any) {
                var meter = new Series(series.kind(), series.meter(), "", "");
                byMeter.merge(meter, SeriesSums.of(series, sums), Sums::plus);
            }
        }
        var meters = new ArrayList<MeterUsage>();
        byMeter.forEach((meter, sums) -> meters.add(new MeterUsage(meter.kind(), meter.meter(), sums)));
        return meters;
    }

    private boolean add(int partition, PageKey key, Piece piece, Amounts sums) {
        byte[] stored = reads.get(partition, key.toBytes());
        return stored != null && Page.sum(stored, piece.granularity(), piece.fromSlot(), piece.toSlot(), sums);
    }

    static long requests(List<MeterUsage> meters) {
        return meters.stream()
                .filter(meter -> meter.kind() == EventKind.REQUEST)
                .mapToLong(meter -> meter.sums().count())
                .sum();
    }
}
