package io.tidemark.streams.reading;

import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Tells {@link Copies} what Kafka Streams does with them. An active partition that is being restored is a copy too, until it counts: nothing
 * but the rest of its changelog is added. It waits where a killed instance left a transaction open, and what another
 * thread had as a copy comes to it this way, its store closed and opened in between.
 */
public final class CopyListener implements StandbyUpdateListener, StateRestoreListener {
    private final Copies copies;

    public CopyListener(Copies copies) {
        this.copies = copies;
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
        onUpdateStart(changelog, store, from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long lastRestored, long count) {
        if (store.equals(HotStore.NAME)) {
            copies.applied(changelog.partition(), lastRestored);
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long count) {
        if (store.equals(HotStore.NAME)) {
            copies.ended(changelog.partition());
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {}
}
