package io.tidemark.streams;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Reason;
import io.tidemark.streams.hot.HotReads;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Lag;
import io.tidemark.streams.reading.Restores;
import io.tidemark.streams.rejections.RejectionCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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

    private final KafkaStreams streams;
    private final HotReads reads;
    private final StoredProgress progress;
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

    CountingMetrics(
            KafkaStreams streams,
            HotReads reads,
            StoredProgress progress,
            SourceTopics topics,
            Lag lag,
            RejectionCounts rejections,
            LongAdder fenced,
            Restores restores) {
        this.streams = streams;
        this.reads = reads;
        this.progress = progress;
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
        MultiGauge records = MultiGauge.builder("tidemark.records")
                .description("Records of a source partition since its beginning: read, and by what became of them")
                .register(registry);
        MultiGauge waiting = MultiGauge.builder("tidemark.lag.records")
                .description("Records of a source partition that wait to be read")
                .register(registry);
        Future<?> unused = refreshing.scheduleWithFixedDelay(
                () -> refresh(records, waiting), 0, REFRESH.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void refresh(MultiGauge records, MultiGauge waiting) {
        try {
            records.register(records(), true);
            waiting.register(waiting(), true);
        } catch (RuntimeException e) {
            LOG.warn("metrics not refreshed because={}", e.toString());
        }
    }

    private List<MultiGauge.Row<?>> records() {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        for (int partition : reads.partitions()) {
            try {
                progress.of(partition).forEach(of -> addRows(of, rows));
            } catch (NotServed e) {
                LOG.debug("partition left out of metrics because={}", e.getMessage());
            }
        }
        return rows;
    }

    private void addRows(Progress of, List<MultiGauge.Row<?>> rows) {
        Tags tags = Tags.of("topic", topics.name(of.source()), "partition", Integer.toString(of.partition()));
        rows.add(MultiGauge.Row.of(tags.and("fate", "read"), of.read()));
        for (Fate fate : Fate.values()) {
            rows.add(MultiGauge.Row.of(tags.and("fate", fate.label()), of.count(fate)));
        }
    }

    private List<MultiGauge.Row<?>> waiting() {
        var rows = new ArrayList<MultiGauge.Row<?>>();
        lag.waiting()
                .forEach((of, records) -> rows.add(MultiGauge.Row.of(
                        Tags.of("topic", topics.name(of.source()), "partition", Integer.toString(of.partition())),
                        records)));
        return rows;
    }

    @Override
    public void close() {
        refreshing.shutdownNow();
    }
}
