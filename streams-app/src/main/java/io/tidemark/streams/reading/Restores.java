package io.tidemark.streams.reading;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the stores are that are being restored. Those that are done stay among them until all are: so that what is said of all of them
 * together only grows.
 */
public final class Restores {
    private final Map<TopicPartition, One> underWay = new ConcurrentHashMap<>();

    private record One(long from, Restore restore) {
        One upTo(long next) {
            long read = Math.min(Math.max(restore.restored(), next - from), restore.total());
            return new One(from, new Restore(restore.store(), restore.partition(), read, restore.total()));
        }
    }

    synchronized void began(TopicPartition changelog, String store, long from, long end) {
        long total = Math.max(0, end - from);
        underWay.put(changelog, new One(from, new Restore(store, changelog.partition(), 0, total)));
    }

    synchronized void advanced(TopicPartition changelog, long last) {
        underWay.computeIfPresent(changelog, (any, one) -> one.upTo(last + 1));
    }

    /** Whole. */
    synchronized void ended(TopicPartition changelog) {
        underWay.computeIfPresent(changelog, (any, one) -> one.upTo(Long.MAX_VALUE / 2));
        if (underWay.values().stream().allMatch(one -> one.restore().isDone())) {
            underWay.clear();
        }
    }

    /** Given up: the partition is another's now. */
    synchronized void suspended(TopicPartition changelog) {
        underWay.remove(changelog);
    }

    /** By partition. */
    List<Restore> now() {
        return underWay.values().stream()
                .map(One::restore)
                .sorted(Comparator.comparingInt(Restore::partition).thenComparing(Restore::store))
                .toList();
    }
}
