package io.tidemark.streams.reading;

import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Tells {@link Copies} what Kafka Streams does with them, and {@link Restores} of whatever is restored. An active partition that is being restored is a copy too, until it counts: nothing
 * but the rest of its changelog is added. It waits where a killed instance left a transaction open, and what another
 * thread had as a copy comes to it this way, its store closed and opened in between.
 */
public final class CopyListener implements StandbyUpdateListener, StateRestoreListener {
    private final Copies copies;
    private final Restores restores;

    public CopyListener(Copies copies, Restores restores) {
        this.copies = copies;
        this.restores = restores;
    }

    @Override
    public void onUpdateStart(TopicPartition changelog, String store, long from) {
        if (store.equals(HotStore.NAME)) {
            copies.began(changelog.partition(), from);
        }
    }

    @Override
    public void onBatchLoaded(
            TopicPartition changelog, String store, TaskId task, long lastLoaded, long count, long end) {
        if (store.equals(HotStore.NAME)) {
            copies.applied(changelog.partition(), lastLoaded);
        }
    }

    @Override
    public void onUpdateSuspended(TopicPartition changelog, String store, long last, long end, SuspendReason reason) {
        if (store.equals(HotStore.NAME) && reason != SuspendReason.PROMOTED) {
            copies.ended(changelog.partition());
        }
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
        restores.began(changelog, store, from, end);
        onUpdateStart(changelog, store, from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long lastRestored, long count) {
        restores.advanced(changelog, lastRestored, count);
        if (store.equals(HotStore.NAME)) {
            copies.applied(changelog.partition(), lastRestored);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        restores.suspended(changelog);
        if (store.equals(HotStore.NAME)) {
            copies.ended(changelog.partition());
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {
        restores.ended(changelog);
    }
}
