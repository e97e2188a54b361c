package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class RestoresTest {
    private static final TopicPartition HOT_3 = new TopicPartition("app-hot-changelog", 3);
    private static final TopicPartition SEEN_3 = new TopicPartition("app-seen-ids-changelog", 3);

    private final AtomicLong nanos = new AtomicLong();
    private final Restores restores = new Restores(nanos::get);

    private Health health() {
        return new Health(true, false, false, List.of(), restores.now());
    }

    @Test
    void sayHowFarEachIsAndHowFarAllAre() {
        restores.began(HOT_3, "hot", 1_000, 1_400);
        restores.began(SEEN_3, "seen-ids", 0, 100);
        assertThat(health().restoredPercent()).isZero();
        restores.advanced(HOT_3, 1_099, 100);
        assertThat(restores.now()).containsExactly(new Restore("hot", 3, 100, 400), new Restore("seen-ids", 3, 0, 100));
        assertThat(health().restoredPercent()).isEqualTo(20);
        assertThat(restores.remaining()).isEqualTo(400);
    }

    /** Else what is said of all of them would fall each time that one is done. */
    @Test
    void keepWhatIsDoneUntilAllAre() {
        restores.began(HOT_3, "hot", 0, 400);
        restores.began(SEEN_3, "seen-ids", 0, 100);
        restores.advanced(HOT_3, 99, 100);
        restores.ended(SEEN_3);
        assertThat(health().restoredPercent()).isEqualTo(40);
        restores.ended(HOT_3);
        assertThat(restores.now()).isEmpty();
        assertThat(restores.remaining()).isZero();
        assertThat(health().restoredPercent()).isEqualTo(100);
    }

    @Test
    void forgetWhatIsGivenUp() {
        restores.began(HOT_3, "hot", 0, 400);
        restores.suspended(HOT_3);
        restores.advanced(HOT_3, 10, 10);
        assertThat(restores.now()).isEmpty();
    }

    /** Of what is done it would else be said for ever that it is being restored. */
    @Test
    void areOverWhenTheLastOneIsGivenUp() {
        restores.began(HOT_3, "hot", 0, 400);
        restores.began(SEEN_3, "seen-ids", 0, 0);
        restores.ended(HOT_3);
        restores.ended(SEEN_3);
        restores.began(HOT_3, "hot", 0, 400);
        restores.began(SEEN_3, "seen-ids", 0, 100);
        restores.ended(HOT_3);
        restores.suspended(SEEN_3);
        assertThat(restores.now()).isEmpty();
    }

    @Test
    void takeNothingToRestoreForDone() {
        restores.began(HOT_3, "hot", 7, 7);
        assertThat(health().restoredPercent()).isEqualTo(100);
    }

    /** Two stores at the same time take that time once; what is not restored takes none. */
    @Test
    void sayHowMuchTookHowLong() {
        restores.began(HOT_3, "hot", 0, 400);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(500));
        restores.began(SEEN_3, "seen-ids", 0, 100);
        restores.advanced(HOT_3, 399, 380);
        restores.ended(HOT_3);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1_500));
        restores.advanced(SEEN_3, 59, 60);
        restores.suspended(SEEN_3);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        restores.began(HOT_3, "hot", 400, 500);
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        restores.ended(HOT_3);
        assertThat(restores.records()).isEqualTo(440);
        assertThat(restores.rounds()).isEqualTo(2);
        assertThat(restores.restoringNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(2_250));
    }
}
