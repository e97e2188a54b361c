package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class LagTest {
    private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
    private static final SourcePartition USAGE = new SourcePartition(Source.USAGE, 3);
    private static final List<Integer> MINE = List.of(3);

    private final Lag lag = new Lag();

    @Test
    void countsTheRecordsThatWait() {
        sample(0, 4, 10);
        assertThat(lag.waiting()).isEqualTo(Map.of(USAGE, 6L));
        sample(1, 10, 10);
        assertThat(lag.waiting()).isEqualTo(Map.of(USAGE, 0L));
    }

    @Test
    void saysThatAPartitionStoppedWhenItDoesNotMoveThoughRecordsWait() {
        sample(0, 4, 10);
        sample(20, 4, 10);
        assertThat(lag.stopped(T0.plusSeconds(30), MINE)).isEmpty();
        sample(31, 4, 12);
        assertThat(lag.stopped(T0.plusSeconds(31), MINE))
                .singleElement()
                .asString()
                .contains("usage partition 3 has 8");
        assertThat(lag.stopped(T0.plusSeconds(31), List.of(1)))
                .as("another's partition")
                .isEmpty();
        sample(32, 5, 12);
        assertThat(lag.stopped(T0.plusSeconds(32), MINE)).isEmpty();
    }

    @Test
    void saysNothingOfAPartitionThatIdles() {
        sample(0, 10, 10);
        sample(600, 10, 10);
        assertThat(lag.stopped(T0.plusSeconds(600), MINE)).isEmpty();
        sample(601, 10, 11);
        assertThat(lag.stopped(T0.plusSeconds(601), MINE))
                .as("it began to lag only now")
                .isEmpty();
    }

    private void sample(int second, long committed, long end) {
        lag.sampled(T0.plusSeconds(second), Map.of(USAGE, committed), Map.of(USAGE, end));
    }
}
