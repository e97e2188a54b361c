package io.tidemark.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Lag;
import io.tidemark.streams.reading.Proven;
import io.tidemark.streams.reading.Restores;
import io.tidemark.streams.rejections.RejectionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of counting. What became of the records of each source partition is read from its stored progress, so it is
 * exact, survives restarts and moves with the partition; no customer or tenant is ever a label.
 */
final class CountingMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountingMetrics.class);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final double MILLIS_OF_A_SECOND = 1e3;
    /** Those that no record leaves again. */
    private static final Set<Fate> FINAL = EnumSet.complementOf(EnumSet.of(Fate.PARKED));

    private final KafkaStreams streams;
    private final HotReads reads;
    private final StoredProgress progress;
    private final IntFunction<Proven> proven;
    private final SourceTopics topics;
    private final Lag lag;
    private final RejectionCounts rejections;
    private final LongAdder fenced;
    private final Restores restores;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-metrics");
        thread.setDaemon(true);
        return thread;
    });

    /** @param proven of a partition, asked before its progress is */
    CountingMetrics(
            KafkaStreams streams,
            HotReads reads,
            StoredProgress progress,
            IntFunction<Proven> proven,
            SourceTopics topics,
            Lag lag,
            RejectionCounts rejections,
            LongAdder fenced,
            Restores restores) {
        this.streams = streams;
        this.reads = reads;
        this.progress = progress;
        this.proven = proven;
        this.topics = topics;
        this.lag = lag;
        this.rejections = rejections;
        this.fenced = fenced;
        this.restores = restores;
    }

    void bindTo(MeterRegistry registry) {
        new KafkaStreamsMetrics(streams).bindTo(registry);
        FunctionCounter.builder("tidemark.fenced.records", fenced, LongAdder::sum)
                .description("Records skipped because they had been handled before the offsets were reset")
                .register(registry);
        FunctionCounter.builder("tidemark.restored.records", restores, Restores::records)
                .description("Records of changelogs read to restore stores")
                .register(registry);
        Gauge.builder("tidemark.restore.remaining.records", restores, Restores::remaining)
                .description("Records of changelogs that are still to be read until all stores are restored")
                .register(registry);
        FunctionTimer.builder(
                        "tidemark.restoring",
                        restores,
                        Restores::rounds,
                        Restores::restoringNanos,
                        TimeUnit.NANOSECONDS)
                .description("Rounds in which stores were restored, and how long they took")
                .register(registry);
        for (Reason reason : Reason.values()) {
            FunctionCounter.builder("tidemark.rejections", rejections.of(reason), LongAdder::sum)
                    .description("Records written to rejected-events by this process, by their first reason")
                    .tag("reason", reason.label())
                    .register(registry);
        }
        var shown = new Shown(
                new CountersThatCome(
                        registry,
                        "tidemark.records.read",
                        "Records of a source partition that were read since its beginning"),
                new CountersThatCome(
                        registry,
                        "tidemark.records",
                        "Records of a source partition since its beginning, by what became of them once and for all"),
                MultiGauge.builder("tidemark.parked.records")
                        .description("Records of a source partition that wait for the schema they were written with")
                        .register(registry),
                MultiGauge.builder("tidemark.lag.records")
                        .description("Records of a source partition that wait to be read")
                        .register(registry),
                MultiGauge.builder("tidemark.as.of.timestamp")
                        .baseUnit("seconds")
                        .description(
                                "Up to when everything that was appended for a partition is in its answers, in Unix time")
                        .register(registry));
        Future<?> unused =
                refreshing.scheduleWithFixedDelay(() -> refresh(shown), 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What comes and goes with partitions. */
    private record Shown(
            CountersThatCome read, CountersThatCome met, MultiGauge parked, MultiGauge waiting, MultiGauge asOf) {}

    private void refresh(Shown shown) {
        try {
            var read = new HashMap<Tags, Long>();
            var met = new HashMap<Tags, Long>();
            var parked = new ArrayList<MultiGauge.Row<?>>();
            var asOf = new ArrayList<MultiGauge.Row<?>>();
            for (int partition : reads.partitions()) {
                try {
                    Proven upTo = proven.apply(partition);
                    List<Progress> all = progress.of(partition);
                    asOf(partition, upTo.of(all)).ifPresent(asOf::add);
                    for (Progress of : all) {
                        Tags tags = tags(of.source(), of.partition());
                        read.put(tags, of.read());
                        FINAL.forEach(fate -> met.put(tags.and("fate", fate.label()), of.count(fate)));
                        parked.add(MultiGauge.Row.of(tags, of.count(Fate.PARKED)));
                    }
                } catch (NotServed e) {
                    LOG.debug("partition left out of metrics because={}", e.getMessage());
                }
            }
            shown.read().show(read);
            shown.met().show(met);
            shown.parked().register(parked, true);
            shown.asOf().register(asOf, true);
            shown.waiting().register(waiting(), true);
        } catch (RuntimeException e) {
            LOG.warn("metrics not refreshed because={}", e.toString());
        }
    }

    /** Nothing is said before anything is proven: the beginning of Unix time would be an age of decades. */
    private static Optional<MultiGauge.Row<?>> asOf(int partition, Instant upTo) {
        return upTo.equals(Instant.EPOCH)
                ? Optional.empty()
                : Optional.of(MultiGauge.Row.of(
                        Tags.of("partition", Integer.toString(partition)), upTo.toEpochMilli() / MILLIS_OF_A_SECOND));
    }

    private List<MultiGauge.Row<?>> waiting() {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        lag.waiting().forEach((of, records) -> rows.add(MultiGauge.Row.of(tags(of.source(), of.partition()), records)));
        return rows;
    }

    private Tags tags(Source source, int partition) {
        return Tags.of("topic", topics.name(source), "partition", Integer.toString(partition));
    }

    @Override
    public void close() {
        refreshing.shutdownNow();
    }
}
