package io.tidemark.streams.reading;

import io.tidemark.streams.accounts.SourceTopics;
import io.tidemark.streams.administration.Asked;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka twice a second how far the group is, where the source topics end, and where the changelogs of our copies do; hands
 * that to {@link AsOf}, {@link Ownership}, {@link Lag} and {@link Copies}. Once a minute it empties {@code rekey} up to where the group has committed: behind its only reader.
 */
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);
    private static final Duration EVERY = Duration.ofMillis(400);
    /** While nothing is known yet of a partition that became active. */
    private static final Duration SOON = Duration.ofMillis(200);

    private static final int SAMPLES_BETWEEN_DELETES = 150;

    private final Admin admin;
    private final String group;
    private final Clock clock;
    private final AsOf asOf;
    private final Lag lag;
    private final Copies copies;
    private final GroupLook look;
    private final Ownership ownership;
    private final ChangelogEnds changelogEnds;
    private final Map<TopicPartition, SourcePartition> partitions = new HashMap<>();
    private final Map<SourcePartition, Long> deletedUpTo = new HashMap<>();
    private final ScheduledExecutorService sampling = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "tidemark-sampler");
        thread.setDaemon(true);
        return thread;
    });
    private long next = System.nanoTime();
    private int samples;
    private boolean reachable = true;

    public Sampler(
            Admin admin,
            String group,
            SourceTopics topics,
            int partitionCount,
            Clock clock,
            AsOf asOf,
            Lag lag,
            Copies copies,
            GroupLook look,
            Ownership ownership) {
        this.admin = admin;
        this.group = group;
        this.clock = clock;
        this.asOf = asOf;
        this.lag = lag;
        this.copies = copies;
        this.look = look;
        this.ownership = ownership;
        changelogEnds = new ChangelogEnds(admin, HotStore.changelog(group));
        for (Source source : Source.ofEvents()) {
            for (int partition = 0; partition < partitionCount; partition++) {
                partitions.put(
                        new TopicPartition(topics.name(source), partition), new SourcePartition(source, partition));
            }
        }
    }

    public void start() {
        Future<?> unused =
                sampling.scheduleWithFixedDelay(this::sampleIfDue, 0, SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sampleIfDue() {
        long now = System.nanoTime();
        if (now - next >= 0 || !ownership.isSettled()) {
            next = now + EVERY.toNanos();
            sampleOrSay();
        }
    }

    private void sampleOrSay() {
        try {
            sample();
            reachable = true;
        } catch (InterruptException closing) {
            LOG.debug("closed in the midst of it");
        } catch (RuntimeException e) {
            if (reachable) {
                LOG.warn("Kafka does not say how far counting is because={}", e.toString());
            }
            reachable = false;
        }
    }

    private void sample() {
        Instant at = clock.instant();
        Map<Integer, Long> stays = ownership.stays();
        Map<SourcePartition, Long> committed = committed();
        Group group = look.now();
        Map<SourcePartition, Long> ends = offsets(OffsetSpec.latest());
        startsOf(committed, ends);
        asOf.sampled(at, committed, ends);
        ownership.sampled(stays, group, asOf.proven());
        lag.sampled(at, committed, ends);
        if (++samples % SAMPLES_BETWEEN_DELETES == 0) {
            emptyRekey(committed);
        }
        // After what was committed was asked for: only then does the changelog hold all of it up to there.
        copies.sampled(at, changelogEnds.of(copies.all()), asOf.proven());
    }

    private Map<SourcePartition, Long> committed() {
        var committed = new HashMap<SourcePartition, Long>();
        Map<TopicPartition, OffsetAndMetadata> offsets =
                Asked.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        offsets.forEach((partition, offset) -> {
            SourcePartition of = partitions.get(partition);
            if (of != null && offset != null) {
                committed.put(of, offset.offset());
            }
        });
        return committed;
    }

    /** What retention has removed before it was ever read counts as handled: there is nothing to wait for. */
    private void startsOf(Map<SourcePartition, Long> committed, Map<SourcePartition, Long> ends) {
        boolean unknown =
                ends.entrySet().stream().anyMatch(end -> end.getValue() > 0 && !committed.containsKey(end.getKey()));
        if (unknown) {
            offsets(OffsetSpec.earliest()).forEach(committed::putIfAbsent);
        }
    }

    private Map<SourcePartition, Long> offsets(OffsetSpec which) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.keySet().forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                Asked.of(admin.listOffsets(asked).all());
        var offsets = new HashMap<SourcePartition, Long>();
        partitions.forEach((partition, of) -> {
            ListOffsetsResultInfo offset = found.get(partition);
            offsets.put(of, offset == null ? 0L : offset.offset());
        });
        return offsets;
    }

    private void emptyRekey(Map<SourcePartition, Long> committed) {
        var delete = new HashMap<TopicPartition, RecordsToDelete>();
        partitions.forEach((partition, of) -> {
            long upTo = committed.getOrDefault(of, 0L);
            if (of.source() == Source.REKEY && upTo > deletedUpTo.getOrDefault(of, 0L)) {
                delete.put(partition, RecordsToDelete.beforeOffset(upTo));
                deletedUpTo.put(of, upTo);
            }
        });
        if (!delete.isEmpty()) {
            Asked.of(admin.deleteRecords(delete).all());
        }
    }

    @Override
    public void close() {
        sampling.shutdownNow();
    }
}
