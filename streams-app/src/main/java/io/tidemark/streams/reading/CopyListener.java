package io.tidemark.streams.reading;

import io.tidemark.streams.hot.HotStore;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/** Tells {@link Copies} what Kafka Streams does with them, also while it makes an active partition of one. */
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
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {}

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long lastRestored, long count) {
        if (store.equals(HotStore.NAME)) {
            copies.applied(changelog.partition(), lastRestored);
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long count) {}
}
