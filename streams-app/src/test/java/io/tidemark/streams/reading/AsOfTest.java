package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class AsOfTest {
    private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
    private static final SourcePartition REQUESTS = new SourcePartition(Source.REQUESTS, 0);
    private static final SourcePartition USAGE = new SourcePartition(Source.USAGE, 0);
    private static final SourcePartition REKEY = new SourcePartition(Source.REKEY, 0);

    private final AsOf asOf = new AsOf();

    @Test
    void isTheLastSampleOfAPartitionThatIdles() {
        sample(0, Map.of(), ends(0, 0, 0));
        sample(1, Map.of(), ends(0, 0, 0));
        sample(60, Map.of(), ends(0, 0, 0));
        assertThat(asOf.proven().of(nothing())).isEqualTo(T0.plusSeconds(1));
    }

    @Test
    void isTheSampleThatTheGroupHasCommittedUpTo() {
        sample(0, committed(0, 0, 0), ends(10, 0, 0));
        sample(1, committed(5, 0, 0), ends(20, 0, 0));
        assertThat(asOf.proven().of(nothing()))
                .as("the first sample is not reached")
                .isEqualTo(Instant.EPOCH);
        sample(2, committed(10, 0, 0), ends(30, 0, 0));
        assertThat(asOf.proven().of(nothing())).isEqualTo(T0);
        sample(3, committed(30, 0, 0), ends(40, 0, 0));
        assertThat(asOf.proven().of(nothing())).isEqualTo(T0.plusSeconds(2));
    }

    @Test
    void countsTheMarkersOfTransactionsAsTheOffsetsDo() {
        // The end is behind a marker; the group commits the offset behind it too.
        sample(0, committed(10, 0, 0), ends(11, 0, 0));
        sample(1, committed(11, 0, 0), ends(11, 0, 0));
        assertThat(asOf.proven().of(nothing())).isEqualTo(T0);
    }

    @Test
    void isTheLastRecordHandledOfAPartitionThatLags() {
        sample(0, committed(0, 0, 0), ends(1_000, 0, 0));
        var requests = Progress.none(Source.REQUESTS, 0);
        requests.handled(10, T0.minusSeconds(90).toEpochMilli(), Fate.COUNTED);
        requests.handled(11, T0.minusSeconds(80).toEpochMilli(), Fate.REJECTED);
        sample(1, committed(12, 0, 0), ends(1_000, 0, 0));
        assertThat(asOf.proven().of(List.of(requests)))
                .isEqualTo(T0.minusSeconds(80).minusMillis(1));
    }

    @Test
    void isTheOldestOfSeveralSources() {
        sample(0, committed(0, 0, 0), ends(10, 0, 0));
        sample(1, committed(10, 0, 0), ends(10, 5, 0));
        sample(2, committed(10, 0, 0), ends(10, 5, 0));
        assertThat(asOf.proven().of(List.of(Progress.none(Source.REQUESTS, 0)))).isEqualTo(T0.plusSeconds(1));
        assertThat(asOf.proven().of(nothing())).as("usage is not read").isEqualTo(T0);
    }

    @Test
    void waitsForRekeyOnceItHasBeenUsed() {
        sample(0, committed(0, 0, 0), ends(10, 0, 0));
        sample(1, committed(10, 0, 0), ends(10, 0, 4));
        assertThat(asOf.proven().of(nothing()))
                .as("what came through rekey is not read")
                .isEqualTo(Instant.EPOCH);
        sample(2, committed(10, 0, 3), ends(10, 0, 4));
        assertThat(asOf.proven().of(nothing())).isEqualTo(Instant.EPOCH);
        sample(3, committed(10, 0, 4), ends(10, 0, 4));
        assertThat(asOf.proven().of(nothing())).isEqualTo(T0.plusSeconds(2));
    }

    @Test
    void waitsForRekeyAlsoWhereItWasNotUsedWhenTheRestWasProven() {
        sample(0, committed(0, 0, 0), ends(0, 0, 0));
        sample(1, committed(0, 0, 0), ends(0, 0, 0));
        Proven before = asOf.proven();
        sample(50, committed(40, 0, 0), ends(50, 0, 1));
        var requests = Progress.none(Source.REQUESTS, 0);
        requests.handled(49, T0.plusSeconds(49).toEpochMilli(), Fate.COUNTED);
        var usage = Progress.none(Source.USAGE, 0);
        usage.handled(49, T0.plusSeconds(49).toEpochMilli(), Fate.COUNTED);
        List<Progress> progress = List.of(requests, usage, Progress.none(Source.REKEY, 0));
        assertThat(before.of(progress)).as("by itself it does not know").isAfter(T0.plusSeconds(40));
        assertThat(asOf.known(before).of(progress)).isEqualTo(T0);
    }

    @Test
    void isNotOfASampleWhoseForeignEventsAreStillOnTheirWay() {
        var other = new SourcePartition(Source.REQUESTS, 1);
        Map<SourcePartition, Long> ends = Map.of(REQUESTS, 10L, USAGE, 0L, other, 10L, REKEY, 1L);
        asOf.sampled(T0, Map.of(), ends);
        // Partition 0 is through, but partition 1 may still send it something.
        asOf.sampled(T0.plusSeconds(1), Map.of(REQUESTS, 10L, other, 9L, REKEY, 1L), ends);
        assertThat(asOf.proven().of(nothing())).isEqualTo(Instant.EPOCH);
        asOf.sampled(T0.plusSeconds(2), Map.of(REQUESTS, 10L, other, 10L, REKEY, 1L), ends);
        asOf.sampled(T0.plusSeconds(3), Map.of(REQUESTS, 10L, other, 10L, REKEY, 1L), ends);
        assertThat(asOf.proven().of(nothing())).isAfterOrEqualTo(T0);
    }

    @Test
    void isNotThatOfTheNewestForeignEventWhenOthersLag() {
        sample(0, committed(10, 0, 1), ends(10, 0, 1));
        sample(1, committed(10, 0, 1), ends(10, 0, 1));
        // An event out of a partition that is ahead; what another, lagging one sends later was appended before it.
        var rekeyed = Progress.none(Source.REKEY, 0);
        rekeyed.handled(5, T0.plusSeconds(500).toEpochMilli(), Fate.COUNTED);
        var requests = Progress.none(Source.REQUESTS, 0);
        requests.handled(9, T0.plusSeconds(600).toEpochMilli(), Fate.COUNTED);
        assertThat(asOf.proven().of(List.of(requests, rekeyed))).isEqualTo(T0);
    }

    @Test
    void isTheBeginningOfTimeBeforeAnythingIsKnown() {
        assertThat(asOf.proven().of(nothing())).isEqualTo(Instant.EPOCH);
        assertThat(asOf.proven().of(List.of())).isEqualTo(Instant.EPOCH);
    }

    private void sample(int second, Map<SourcePartition, Long> committed, Map<SourcePartition, Long> ends) {
        asOf.sampled(T0.plusSeconds(second), committed, ends);
    }

    private static Map<SourcePartition, Long> committed(long requests, long usage, long rekey) {
        return ends(requests, usage, rekey);
    }

    private static Map<SourcePartition, Long> ends(long requests, long usage, long rekey) {
        return Map.of(REQUESTS, requests, USAGE, usage, REKEY, rekey);
    }

    private static List<Progress> nothing() {
        return List.of(
                Progress.none(Source.REQUESTS, 0), Progress.none(Source.USAGE, 0), Progress.none(Source.REKEY, 0));
    }
}
