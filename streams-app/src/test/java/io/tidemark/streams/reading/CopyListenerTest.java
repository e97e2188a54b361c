package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.hot.HotStore;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener.SuspendReason;
import org.apache.kafka.streams.processor.TaskId;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NullMarked
class CopyListenerTest {
    private static final TopicPartition AT = new TopicPartition("tidemark-hot-changelog", 3);
    private static final TaskId TASK = new TaskId(0, 3);

    private final Copies copies = new Copies(Clock.systemUTC(), new Served());
    private final CopyListener listener = new CopyListener(copies, new Restores(System::nanoTime));

    @BeforeEach
    void theChangelogEndsAtFifty() {
        copies.sampled(Clock.systemUTC().instant(), Map.of(3, 50L), Proven.NOTHING);
    }

    @Test
    void makesACopyOfAStandby() {
        listener.onUpdateStart(AT, HotStore.NAME, 0);
        assertThat(copies.stay(3)).isEqualTo(Served.NOT);
        listener.onBatchLoaded(AT, HotStore.NAME, TASK, 49, 50, 50);
        assertThat(copies.stay(3)).isNotEqualTo(Served.NOT);
        listener.onUpdateSuspended(AT, HotStore.NAME, 49, 50, SuspendReason.MIGRATED);
        assertThat(copies.stay(3)).isEqualTo(Served.NOT);
    }

    @Test
    void makesACopyOfAnActivePartitionThatIsRestored() {
        listener.onRestoreStart(AT, HotStore.NAME, 0, 60);
        assertThat(copies.stay(3)).isEqualTo(Served.NOT);
        listener.onBatchRestored(AT, HotStore.NAME, 49, 50);
        assertThat(copies.stay(3)).isNotEqualTo(Served.NOT);
        listener.onRestoreEnd(AT, HotStore.NAME, 60);
        assertThat(copies.stay(3)).as("until it counts").isNotEqualTo(Served.NOT);
        listener.onRestoreSuspended(AT, HotStore.NAME, 60);
        assertThat(copies.stay(3)).isEqualTo(Served.NOT);
    }

    @Test
    void keepsACopyThatBecomesActive() {
        listener.onUpdateStart(AT, HotStore.NAME, 50);
        listener.onUpdateSuspended(AT, HotStore.NAME, 49, 50, SuspendReason.PROMOTED);
        assertThat(copies.stay(3)).isNotEqualTo(Served.NOT);
    }

    @Test
    void hearsOfTheHotStoreAlone() {
        listener.onUpdateStart(AT, "seen-ids", 50);
        listener.onRestoreStart(AT, "seen-ids", 50, 60);
        assertThat(copies.all()).isEmpty();
    }
}
