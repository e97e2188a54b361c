package io.tidemark.streams.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.customers.HotCustomer;
import io.tidemark.streams.customers.KnownCustomer;
import io.tidemark.streams.customers.KnownSeries;
import io.tidemark.streams.event.Amounts;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Series;
import io.tidemark.streams.hot.Entries;
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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Sums pages window by window: those of one customer by point gets, those of all by a contiguous scan for each page's period. */
public final class SeriesReader implements PartReader<Asked, UsageSeries> {
    /** Bounds what one query holds at once. */
    private static final int PAGES_AT_ONCE = 1_000;

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
            List<Map.Entry<WindowPlan.Leaf, int[]>> leaves =
                    List.copyOf(sums.plan.pages().entrySet());
            for (int from = 0; from < leaves.size(); from += PAGES_AT_ONCE) {
                var some = leaves.subList(from, Math.min(leaves.size(), from + PAGES_AT_ONCE));
                List<Bytes> keys = some.stream()
                        .map(Map.Entry::getKey)
                        .map(leaf -> new PageKey(tenant, leaf.granularity(), leaf.period(), customer, series).toBytes())
                        .toList();
                List<byte @Nullable []> pages = reads.get(partition, keys);
                for (int i = 0; i < pages.size(); i++) {
                    byte[] page = pages.get(i);
                    if (page != null) {
                        sums.of(series).add(some.get(i).getKey(), some.get(i).getValue(), page);
                    }
                }
            }
        }
    }

    private void ofAll(int partition, Asked question, Windows sums) {
        String tenant = question.tenant();
        int idFrom = PageKey.tailFrom(tenant.getBytes(UTF_8).length);
        Set<String> left = question.includeInactive() ? Set.of() : KnownCustomer.unreported(reads, partition, tenant);
        for (Map.Entry<WindowPlan.Leaf, int[]> one : sums.plan.pages().entrySet()) {
            WindowPlan.Leaf leaf = one.getKey();
            int[] windowOfSlot = one.getValue();
            var range = new Range(
                    PageKey.prefix(tenant, leaf.granularity(), leaf.period()).toKey(),
                    PageKey.prefix(tenant, leaf.granularity(), leaf.period() + 1)
                            .toKey(),
                    true);
            reads.sideBySide(partition, List.of(range), entries -> {
                Entries pages = entries.get(0);
                while (pages.next()) {
                    byte[] key = pages.key();
                    int idTo = PageKey.endOfText(key, idFrom);
                    if (left.isEmpty() || !left.contains(new String(key, idFrom, idTo - idFrom, UTF_8))) {
                        sums.of(key, idTo + 1).add(leaf, windowOfSlot, pages.value());
                    }
                }
                return leaf;
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
            return sums.computeIfAbsent(series, any -> new OfSeries(series.kind(), plan.windows()));
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
        private final @Nullable Amounts[] sums;

        OfSeries(EventKind kind, int windows) {
            this.kind = kind;
            sums = new @Nullable Amounts[windows];
        }

        void add(WindowPlan.Leaf leaf, int[] windowOfSlot, byte[] page) {
            Page.slots(page, leaf.granularity(), slot -> {
                int window = windowOfSlot[slot];
                if (window == WindowPlan.NONE) {
                    return null;
                }
                Amounts into = sums[window];
                if (into == null) {
                    into = Amounts.of(kind);
                    sums[window] = into;
                }
                return into;
            });
        }
    }
}
