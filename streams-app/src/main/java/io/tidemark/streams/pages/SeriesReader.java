package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.customers.KnownSeries;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.Range;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.PartKind;
import io.tidemark.streams.reading.PartReader;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.UsageSeries.Asked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Sums pages window by window: those of one customer by point gets, those of all by contiguous scans of the periods of a month side by side. */
public final class SeriesReader implements PartReader<Asked, UsageSeries> {
    private final HotReads reads;

    public SeriesReader(HotReads reads) {
        this.reads = reads;
    }

    @Override
    public PartKind<Asked, UsageSeries> kind() {
        return UsageSeries.KIND;
    }

    @Override
    public UsageSeries merge(Asked question, List<UsageSeries> parts) {
        return parts.stream().reduce(UsageSeries::plus).orElseThrow();
    }

    @Override
    public UsageSeries read(Asked question, int partition) {
        Horizon horizon = Horizon.decode(reads.get(partition, Horizon.KEY));
        long[] bounds = question.bounds().stream().mapToLong(Minutes::of).toArray();
        Horizon.Span all = horizon.widen(new Horizon.Span(bounds[0], bounds[bounds.length - 1]));
        bounds[0] = all.from();
        bounds[bounds.length - 1] = all.to();
        boolean counted = question.customer()
                .map(customer -> reads.get(partition, HotCustomer.key(question.tenant(), customer)) != null)
                .orElse(true);
        Optional<Instant> tooFine = tooFine(horizon, bounds);
        int windows = bounds.length - 1;
        Period covered = Minutes.period(all);
        if (tooFine.isPresent() || !counted) {
            return new UsageSeries(counted, covered, tooFine, Collections.nCopies(windows, List.of()));
        }
        var sums = new Windows(WindowPlan.of(bounds));
        question.customer()
                .ifPresentOrElse(
                        customer -> ofOne(partition, question.tenant(), customer, sums),
                        () -> ofAll(partition, question, sums));
        return new UsageSeries(true, covered, Optional.empty(), sums.usage());
    }

    /** A bound between two windows must be where it was asked for; the outer two are as wide as they must be by now. */
    private static Optional<Instant> tooFine(Horizon horizon, long[] bounds) {
        for (long bound : bounds) {
            if (horizon.widen(new Horizon.Span(bound, bound)).from() != bound) {
                return Optional.of(Minutes.instant(bound));
            }
        }
        return Optional.empty();
    }

    private void ofOne(int partition, String tenant, String customer, Windows sums) {
        for (Series series : KnownSeries.of(reads, partition, tenant, customer)) {
            OfSeries its = sums.of(series);
            for (List<WindowPlan.Leaf> month : sums.plan.months()) {
                its.add(month, i -> {
                    WindowPlan.Leaf leaf = month.get(i);
                    var key = new PageKey(tenant, leaf.granularity(), leaf.period(), customer, series);
                    return reads.get(partition, key.toBytes());
                });
            }
        }
    }

    private void ofAll(int partition, Asked question, Windows sums) {
        String tenant = question.tenant();
        int idFrom = PageKey.tailFrom(tenant.getBytes(UTF_8).length);
        Set<String> left = question.includeInactive() ? Set.of() : KnownCustomer.unreported(reads, partition, tenant);
        for (List<WindowPlan.Leaf> month : sums.plan.months()) {
            List<Range> ranges = month.stream()
                    .map(leaf -> new Range(
                            PageKey.prefix(tenant, leaf.granularity(), leaf.period())
                                    .toKey(),
                            PageKey.prefix(tenant, leaf.granularity(), leaf.period() + 1)
                                    .toKey(),
                            true))
                    .toList();
            reads.sideBySide(partition, ranges, entries -> {
                var pages = new Abreast(entries, idFrom);
                while (pages.next()) {
                    byte[] key = pages.key();
                    int idTo = PageKey.endOfText(key, idFrom);
                    if (left.isEmpty() || !left.contains(new String(key, idFrom, idTo - idFrom, UTF_8))) {
                        sums.of(key, idTo + 1).add(month, pages::page);
                    }
                }
                return month;
            });
        }
    }

    /** The sums of each series in each window so far. */
    private static final class Windows {
        private final WindowPlan plan;
        private final Map<Series, OfSeries> sums = new TreeMap<>();
        private final BySeries<OfSeries> byKey = new BySeries<>(this::of);

        Windows(WindowPlan plan) {
            this.plan = plan;
        }

        OfSeries of(Series series) {
            return sums.computeIfAbsent(series, any -> new OfSeries(series.kind(), plan));
        }

        /** That of the series which a page's key ends with, from there on. */
        OfSeries of(byte[] key, int seriesFrom) {
            return byKey.of(key, seriesFrom);
        }

        List<List<MeterUsage>> usage() {
            var all = new ArrayList<List<MeterUsage>>();
            for (int window = 0; window < plan.windows(); window++) {
                var meters = new ArrayList<MeterUsage>();
                for (Map.Entry<Series, OfSeries> one : sums.entrySet()) {
                    Amounts amounts = one.getValue().sums[window];
                    if (amounts != null) {
                        Series series = one.getKey();
                        meters.add(new MeterUsage(series.kind(), series.meter(), SeriesSums.of(series, amounts)));
                    }
                }
                all.add(UsageSeries.byMeter(meters));
            }
            return all;
        }
    }

    /** The sums of one series, window by window. */
    private static final class OfSeries {
        private final EventKind kind;
        private final WindowPlan plan;
        private final @Nullable Amounts[] sums;

        OfSeries(EventKind kind, WindowPlan plan) {
            this.kind = kind;
            this.plan = plan;
            sums = new @Nullable Amounts[plan.windows()];
        }

        /** Adds the pages of a month of one customer; of those below another, what that one leaves to them ({@link Descent} says why). */
        void add(List<WindowPlan.Leaf> month, IntFunction<byte @Nullable []> pages) {
            var left = new @Nullable BitSet[month.size()];
            for (int i = 0; i < left.length; i++) {
                WindowPlan.Leaf leaf = month.get(i);
                BitSet leftByAbove = leaf.above() == WindowPlan.NONE ? null : left[leaf.above()];
                boolean isLeft = leaf.above() == WindowPlan.NONE || isAnyLeft(leaf, leftByAbove);
                byte[] page = isLeft ? pages.apply(i) : null;
                if (page != null) {
                    left[i] = leaf.hasBelow() ? Page.withFiner(page, leaf.granularity()) : null;
                    add(leaf, page, leftByAbove);
                }
            }
        }

        private static boolean isAnyLeft(WindowPlan.Leaf leaf, @Nullable BitSet leftByAbove) {
            if (leftByAbove == null) {
                return false;
            }
            int next = leftByAbove.nextSetBit(leaf.slotAbove(0));
            return next >= 0 && next <= leaf.slotAbove(leaf.granularity().slots() - 1);
        }

        /** @param left the slots above that are left to it; null: there is none above */
        private void add(WindowPlan.Leaf leaf, byte[] page, @Nullable BitSet left) {
            Page.slots(page, leaf.granularity(), (slot, minute) -> {
                if (left != null && !left.get(leaf.slotAbove(slot))) {
                    return null;
                }
                int window = leaf.windowOf(slot);
                if (window == WindowPlan.NONE && minute != Page.HAS_FINER) {
                    window = plan.windowOf(leaf.start(slot) + minute);
                }
                return window == WindowPlan.NONE ? null : of(window);
            });
        }

        private Amounts of(int window) {
            Amounts into = sums[window];
            if (into == null) {
                into = Amounts.of(kind);
                sums[window] = into;
            }
            return into;
        }
    }
}
