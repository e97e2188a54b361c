package io.tidemark.streams.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Usage window by window: of one customer, or of all customers of a tenant together.
 *
 * @param counted whether any event of the customer was ever counted; true where all are asked for
 * @param covered from where to where it is: wider than was asked for where that is older than the finest that is kept
 * @param tooFine the earliest bound between two windows that is finer than what is still kept; the question has no answer then
 * @param windows the usage of each window, by kind and meter; as many as were asked for
 */
public record UsageSeries(boolean counted, Period covered, Optional<Instant> tooFine, List<List<MeterUsage>> windows) {

    /** The question of it. */
    public static final PartKind<Asked, UsageSeries> KIND =
            new PartKind<>("usage-series", Asked.class, UsageSeries.class);

    public UsageSeries {
        windows = windows.stream().map(List::copyOf).toList();
    }

    /**
     * What is asked.
     *
     * @param customer by external id; empty: all customers together
     * @param includeInactive whether those count that are left out of reports, where all are asked for
     * @param bounds on full minutes, ascending: each window ends where the next one begins. The first and the last are widened where they are
     *     older than the finest that is kept
     */
    public record Asked(String tenant, Optional<String> customer, boolean includeInactive, List<Instant> bounds) {

        public Asked {
            bounds = List.copyOf(bounds);
            if (bounds.size() < 2) {
                throw new IllegalArgumentException("a window has two bounds: " + bounds);
            }
        }

        /** From the first bound to the last. */
        public Period period() {
            return new Period(bounds.get(0), bounds.get(bounds.size() - 1));
        }

        /** The same windows, the first and the last of which reach as far as that. */
        public Asked covering(Period all) {
            var wider = new ArrayList<>(bounds);
            wider.set(0, all.from());
            wider.set(wider.size() - 1, all.to());
            return new Asked(tenant, customer, includeInactive, wider);
        }
    }

    /** These and the other's together, window by window. */
    public UsageSeries plus(UsageSeries other) {
        var all = new ArrayList<List<MeterUsage>>();
        for (int i = 0; i < windows.size(); i++) {
            all.add(together(windows.get(i), other.windows.get(i)));
        }
        Optional<Instant> first = tooFine.isEmpty() || other.tooFine.isEmpty()
                ? tooFine.or(other::tooFine)
                : tooFine.filter(mine -> mine.isBefore(other.tooFine.get())).or(other::tooFine);
        return new UsageSeries(counted || other.counted, covered.and(other.covered), first, all);
    }

    private static List<MeterUsage> together(List<MeterUsage> some, List<MeterUsage> others) {
        var meters = new ArrayList<>(some);
        meters.addAll(others);
        return byMeter(meters);
    }

    /** The sums of each meter that is among them once, by kind and name. */
    public static List<MeterUsage> byMeter(List<MeterUsage> meters) {
        SortedMap<MeterUsage.Name, Sums> sums = new TreeMap<>();
        meters.forEach(meter -> sums.merge(meter.name(), meter.sums(), Sums::plus));
        return sums.entrySet().stream()
                .map(entry ->
                        new MeterUsage(entry.getKey().kind(), entry.getKey().meter(), entry.getValue()))
                .toList();
    }
}
