package io.tidemark.streams.commits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaceTest {
    private static final long INTERVAL = 200;
    private static final long LONG_AGO = 60_000;

    @TempDir
    private Path directory;

    private final Pace pace = new Pace(Duration.ofMillis(INTERVAL));
    private MockProcessorContext<Void, Void> task;
    private MockProcessorContext<Void, Void> another;
    private long now = 1_790_000_000_000L;

    @BeforeEach
    void begin() {
        task = begun(0);
        another = begun(1);
    }

    private MockProcessorContext<Void, Void> begun(int partition) {
        var context =
                new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, partition), directory.toFile());
        pace.keep(context);
        return context;
    }

    @Test
    void commitsTheFirstFreshEventAtOnceAndTheNextWithTheInterval() {
        assertThat(handles(task, 0)).isTrue();
        now += INTERVAL - 1;
        assertThat(handles(task, 0)).isFalse();
        now += 1;
        assertThat(handles(task, 0)).isTrue();
    }

    @Test
    void commitsTheLastEventBeforeAPause() {
        handles(task, 0);
        now += 10;
        assertThat(handles(task, 0)).isFalse();
        now += INTERVAL - 11;
        assertThat(looks(task)).isFalse();
        now += 1;
        assertThat(looks(task)).isTrue();
    }

    @Test
    void commitsAnEventJustMissedWhenTheIntervalIsOver() {
        handles(task, 0);
        now += 10;
        handles(another, 0);
        handles(task, 0);
        assertThat(later(task)).isEmpty();
        assertThat(later(another)).singleElement().satisfies(one -> {
            assertThat(one.getInterval()).isEqualTo(Duration.ofMillis(INTERVAL - 10));
            another.resetCommit();
            one.getPunctuator().punctuate(now += INTERVAL - 10);
            assertThat(another.committed()).isTrue();
        });
        assertThat(later(another)).isEmpty();
        now += 1;
        assertThat(handles(task, 0)).isFalse();
    }

    @Test
    void doesNotWaitForATaskThatTookAlongWhatItHadScheduled() {
        handles(task, 0);
        now += 10;
        handles(another, 0);
        now += INTERVAL;
        assertThat(looks(task)).as("what the other had scheduled never came").isTrue();
        now += 10;
        assertThat(handles(task, 0)).isFalse();
        assertThat(later(task)).hasSize(1);
    }

    @Test
    void aCommitThatNobodyWaitsForDelaysNoEvent() {
        handles(task, 0);
        now += INTERVAL + 1;
        assertThat(looks(task)).isTrue();
        now += 1;
        assertThat(looks(another)).as("one look of the thread's is enough").isFalse();
        assertThat(handles(task, 0)).isTrue();
    }

    @Test
    void commitsOnceForAllTasksOfAThread() {
        handles(task, 0);
        now += INTERVAL / 2;
        assertThat(handles(another, 0)).isFalse();
        assertThat(looks(another)).isFalse();
        now += INTERVAL / 2;
        assertThat(looks(another)).isTrue();
        assertThat(looks(task)).isFalse();
    }

    @Test
    void leavesItToKafkaStreamsWhileAllThatComesIsOld() {
        for (int event = 0; event < 20; event++) {
            assertThat(handles(task, LONG_AGO)).isFalse();
            assertThat(looks(task)).isFalse();
            assertThat(pace.isFarBehind(now)).isTrue();
            now += INTERVAL / 2;
        }
    }

    @Test
    void commitsOldEventsWhenThereAreNoMore() {
        handles(task, LONG_AGO);
        now += INTERVAL;
        assertThat(pace.isFarBehind(now)).isFalse();
        assertThat(looks(another)).isTrue();
    }

    @Test
    void commitsForTheFreshEventsOfAnotherTask() {
        handles(task, LONG_AGO);
        assertThat(handles(another, 0)).isTrue();
        handles(task, LONG_AGO);
        now += INTERVAL;
        assertThat(handles(another, 0)).isTrue();
    }

    @Test
    void takesAnEventForFreshUpToTwoSecondsAfterItWasAppended() {
        assertThat(handles(task, 2_000)).isTrue();
        now += INTERVAL;
        assertThat(handles(task, 2_001)).isFalse();
    }

    @Test
    void goesOnAfterTheClockWasSetBack() {
        handles(task, 0);
        now -= LONG_AGO;
        assertThat(handles(task, 0)).isTrue();
        now += 1;
        assertThat(handles(task, 0)).isFalse();
    }

    @Test
    void threadsDoNotCommitForEachOther() throws InterruptedException {
        handles(task, 0);
        var elsewhere = new Thread(() -> handles(another, 0));
        elsewhere.start();
        elsewhere.join();
        assertThat(another.committed()).isTrue();
    }

    @Test
    void kafkaStreamsCommitsAtLeastOnceASecondAndNoMoreOftenThanIsAskedFor() {
        assertThat(Pace.seldom(Duration.ofMillis(200))).isEqualTo(Duration.ofSeconds(1));
        assertThat(Pace.seldom(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }

    /** Whether a commit is asked for by an event that was appended so long ago. */
    private boolean handles(MockProcessorContext<Void, Void> by, long ago) {
        by.resetCommit();
        by.setCurrentSystemTimeMs(now);
        pace.handled(by, now - ago);
        return by.committed();
    }

    private boolean looks(MockProcessorContext<Void, Void> by) {
        by.resetCommit();
        by.scheduledPunctuators().get(0).getPunctuator().punctuate(now);
        return by.committed();
    }

    /** Commits that are going to be asked for. */
    private static List<CapturedPunctuator> later(MockProcessorContext<Void, Void> by) {
        return by.scheduledPunctuators().stream()
                .skip(1)
                .filter(one -> !one.cancelled())
                .toList();
    }
}
