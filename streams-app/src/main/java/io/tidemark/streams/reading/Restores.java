package io.tidemark.streams.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the stores are that are being restored. Those that are done stay among them until all are: so that what is said of all of them
 * together only grows. And how much was restored in how long, so that a rate can be had of it: from when nothing is being restored until
 * nothing is again is one round, which the log tells of.
 */
public final class Restores {
    private static final Logger LOG = LoggerFactory.getLogger(Restores.class);

    private final LongSupplier nanos;
    private final Map<TopicPartition, One> underWay = new ConcurrentHashMap<>();
    private long roundBegan;
    private long inRound;
    private final AtomicLong records = new AtomicLong();
    private final AtomicLong rounds = new AtomicLong();
    private final AtomicLong restoringNanos = new AtomicLong();

    /** @param nanos a clock that only runs forward, {@link System#nanoTime} */
    public Restores(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record One(long from, Restore restore) {
        One upTo(long next) {
            long read = Math.min(Math.max(restore.restored(), next - from), restore.total());
            return new One(from, new Restore(restore.store(), restore.partition(), read, restore.total()));
        }
    }

    synchronized void began(TopicPartition changelog, String store, long from, long end) {
        if (underWay.isEmpty()) {
            roundBegan = nanos.getAsLong();
            inRound = 0;
        }
        long total = Math.max(0, end - from);
        underWay.put(changelog, new One(from, new Restore(store, changelog.partition(), 0, total)));
    }

    synchronized void advanced(TopicPartition changelog, long last, long count) {
        inRound += count;
        records.addAndGet(count);
        underWay.computeIfPresent(changelog, (any, one) -> one.upTo(last + 1));
    }

    /** Whole. */
    synchronized void ended(TopicPartition changelog) {
        if (underWay.computeIfPresent(changelog, (any, one) -> one.upTo(Long.MAX_VALUE / 2)) != null) {
            endRoundWhenAllAreDone();
        }
    }

    /** Given up: the partition is another's now. */
    synchronized void suspended(TopicPartition changelog) {
        if (underWay.remove(changelog) != null) {
            endRoundWhenAllAreDone();
        }
    }

    private void endRoundWhenAllAreDone() {
        if (underWay.values().stream().allMatch(one -> one.restore().isDone())) {
            underWay.clear();
            roundEnded();
        }
    }

    private void roundEnded() {
        long took = nanos.getAsLong() - roundBegan;
        rounds.incrementAndGet();
        restoringNanos.addAndGet(took);
        if (inRound > 0) {
            LOG.info("restored records={} ms={}", inRound, TimeUnit.NANOSECONDS.toMillis(took));
        }
    }

    /** Records of changelogs that were read to restore stores, since the start of the process. */
    public long records() {
        return records.get();
    }

    /** Rounds that have ended. */
    public long rounds() {
        return rounds.get();
    }

    /** For how long anything was being restored, in the rounds that have ended. */
    public long restoringNanos() {
        return restoringNanos.get();
    }

    /** How many are still to be read by what is being restored now. */
    public long remaining() {
        return underWay.values().stream()
                .map(One::restore)
                .mapToLong(restore -> restore.total() - restore.restored())
                .sum();
    }

    /** By partition. */
    List<Restore> now() {
        return underWay.values().stream()
                .map(One::restore)
                .sorted(Comparator.comparingInt(Restore::partition).thenComparing(Restore::store))
                .toList();
    }
}
