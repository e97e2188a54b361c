package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class CopiesTest {
    private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PARTITION = 3;
    private static final int OTHER = 4;

    private Instant now = T0;
    private final Served served = new Served();
    private final Copies copies = new Copies(new Now(), served);
    private final AsOf asOf = new AsOf();

    private final class Now extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void areNotAnsweredFromBeforeTheyReachedAnEnd() {
        copies.began(PARTITION, 0);
        assertThat(copies.stay(PARTITION)).as("no sample").isEqualTo(Served.NOT);
        sample(0, 50);
        loaded(0, 49, 50);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
        assertThat(copies.stay(OTHER)).as("no copy").isEqualTo(Served.NOT);
    }

    @Test
    void areNotAnsweredFromOnTheirWayToTheEnd() {
        sample(0, 50);
        copies.began(PARTITION, 10);
        loaded(0, 48, 49);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
    }

    @Test
    void reachAnEndThatIsTheMarkOfATransaction() {
        copies.began(PARTITION, 0);
        sample(0, 50);
        // Record 48 is the last, 49 the mark of its transaction.
        copies.fetched(PARTITION, 48, 50);
        assertThat(copies.stay(PARTITION)).as("read but not applied").isEqualTo(Served.NOT);
        copies.applied(PARTITION, 48);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
    }

    @Test
    void reachAnEndWithMarksAlone() {
        copies.began(PARTITION, 49);
        sample(0, 50);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
        copies.fetched(PARTITION, -1, 50);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
    }

    @Test
    void doNotCountMarksBehindRecordsThatAreStillToBeApplied() {
        copies.began(PARTITION, 0);
        sample(0, 50);
        copies.fetched(PARTITION, 30, 31);
        copies.fetched(PARTITION, -1, 50);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
        copies.applied(PARTITION, 20);
        assertThat(copies.stay(PARTITION)).as("a part of the batch").isEqualTo(Served.NOT);
        copies.applied(PARTITION, 30);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
    }

    @Test
    void reachTheEndOfAnEmptyChangelog() {
        copies.began(PARTITION, 0);
        sample(0, 0);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
    }

    @Test
    void closeWhenTheyFallBehindAndOpenWhenTheyCatchUp() {
        copies.began(PARTITION, 0);
        sample(0, 50);
        loaded(0, 49, 50);
        long stay = copies.stay(PARTITION);
        for (int second = 1; second <= 120; second++) {
            sample(second, 50 + second);
            assertThat(copies.stay(PARTITION)).as("second %d", second).isEqualTo(stay);
        }
        sample(121, 171);
        assertThat(copies.stay(PARTITION)).as("more than two minutes behind").isEqualTo(Served.NOT);
        loaded(50, 59, 60);
        assertThat(copies.stay(PARTITION)).as("still 111 seconds behind").isEqualTo(stay);
        now = now.plusSeconds(10);
        assertThat(copies.stay(PARTITION))
                .as("and nobody says where the end is")
                .isEqualTo(Served.NOT);
    }

    @Test
    void areNotOpenedByAnEndOfLongAgo() {
        sample(0, 50);
        copies.began(PARTITION, 0);
        now = T0.plus(Copies.MOST_BEHIND).plusSeconds(1);
        loaded(0, 49, 50);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
    }

    @Test
    void haveAStayOfTheirOwnEachTimeTheyAreKept() {
        sample(0, 50);
        copies.began(PARTITION, 50);
        long first = copies.stay(PARTITION);
        copies.ended(PARTITION);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
        copies.fetched(PARTITION, 60, 61);
        copies.applied(PARTITION, 60);
        assertThat(copies.stay(PARTITION)).as("another's changelog is read").isEqualTo(Served.NOT);
        copies.began(PARTITION, 50);
        assertThat(copies.stay(PARTITION)).isNotIn(Served.NOT, first);
    }

    /** The store of a thread that failed is wiped, and nobody tells the listener. */
    @Test
    void areOverWhenTheirStoreIsOpenedAnew() {
        sample(0, 50);
        copies.began(PARTITION, 50);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
        served.opening(OTHER);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
        served.opening(PARTITION);
        assertThat(copies.stay(PARTITION)).isEqualTo(Served.NOT);
        assertThat(copies.proven(PARTITION)).isEqualTo(Proven.NOTHING);
        copies.began(PARTITION, 50);
        assertThat(copies.stay(PARTITION)).isNotEqualTo(Served.NOT);
    }

    @Test
    void areBehindByLessThanWhatMayBeCompacted() {
        assertThat(Copies.MOST_BEHIND.multipliedBy(2)).isLessThan(HotStore.UNCOMPACTED);
    }

    /** With its control: what the group has committed says too much of a copy that is behind. */
    @Test
    void areAsFreshAsWhatTheyHold() {
        copies.began(PARTITION, 100);
        group(0, 10, 10, 100);
        group(1, 10, 10, 100);
        assertThat(copies.proven(PARTITION).of(nothing())).isEqualTo(T0);
        // An event is appended, counted and committed; our copy has not heard of it.
        group(2, 10, 11, 100);
        group(3, 11, 11, 107);
        assertThat(asOf.proven().of(nothing())).as("control").isEqualTo(T0.plusSeconds(2));
        assertThat(copies.proven(PARTITION).of(nothing())).isEqualTo(T0.plusSeconds(1));
        loaded(100, 105, 107);
        assertThat(copies.proven(PARTITION).of(nothing())).isEqualTo(T0.plusSeconds(2));
    }

    /** With its control: the end of what is committed may lag behind the offsets that are, for as long as marks take. */
    @Test
    void areNotAsFreshAsATransactionWhoseMarkIsNotThere() {
        group(0, 10, 11, 100);
        copies.began(PARTITION, 100);
        // The offsets' mark is written, the changelog's is not: 100 is the end of what is committed, 106 of what is
        // there.
        group(1, 11, 11, 106);
        assertThat(copies.proven(PARTITION).of(nothing())).isEqualTo(Instant.EPOCH);
        group(2, 11, 11, 100);
        assertThat(copies.proven(PARTITION).of(nothing())).as("control").isAfterOrEqualTo(T0);
    }

    @Test
    void areAsOldAsTheFirstRecordThatIsParked() {
        copies.began(PARTITION, 100);
        group(0, 10, 10, 100);
        group(1, 10, 10, 100);
        var waiting = Progress.none(Source.REQUESTS, PARTITION);
        waiting.handled(9, T0.minusSeconds(600).toEpochMilli(), Fate.PARKED);
        assertThat(copies.proven(PARTITION).of(List.of(waiting)))
                .isEqualTo(T0.minusSeconds(600).minusMillis(1));
    }

    @Test
    void sayNothingOfACopyThatIsNone() {
        group(0, 10, 10, 100);
        group(1, 10, 10, 100);
        assertThat(copies.proven(PARTITION).of(nothing())).isEqualTo(Instant.EPOCH);
    }

    /** The active partition is as its copy was, until the group has said whose it is; unless its store was opened in between. */
    @Test
    void leaveWhatWasProvenToThePartitionTheyBecome() {
        copies.began(PARTITION, 100);
        group(0, 10, 10, 100);
        group(1, 10, 10, 100);
        Instant before = copies.proven(PARTITION).of(nothing());
        served.open(PARTITION);
        assertThat(copies.proven(PARTITION)).as("it is no copy any more").isEqualTo(Proven.NOTHING);
        assertThat(copies.became(PARTITION).of(nothing())).isEqualTo(before).isEqualTo(T0);
        group(2, 99, 99, 200);
        group(3, 99, 99, 200);
        assertThat(copies.became(PARTITION).of(nothing())).isEqualTo(before);
        assertThat(asOf.proven().of(nothing())).as("control").isAfter(before);
        served.opening(PARTITION);
        assertThat(copies.became(PARTITION)).isEqualTo(Proven.NOTHING);
        assertThat(copies.became(OTHER)).isEqualTo(Proven.NOTHING);
    }

    /** Restored before any sample told where its changelog ends, as just after a start. */
    @Test
    void leaveWhatWasProvenBeforeTheyWereBegun() {
        group(0, 10, 10, 100);
        group(1, 10, 10, 100);
        copies.began(PARTITION, 0);
        group(2, 99, 99, 200);
        group(3, 99, 99, 200);
        served.open(PARTITION);
        assertThat(copies.became(PARTITION).of(nothing()))
                .as("what others counted later is not in it")
                .isEqualTo(T0);
        assertThat(asOf.proven().of(nothing())).as("control").isAfter(T0);
    }

    private void sample(int second, long changelogEnd) {
        now = T0.plusSeconds(second);
        copies.sampled(now, Map.of(PARTITION, changelogEnd), Proven.NOTHING);
    }

    /** A sample of the whole: offsets of requests, and of the changelog. */
    private void group(int second, long committed, long end, long changelogEnd) {
        now = T0.plusSeconds(second);
        asOf.sampled(now, offsets(committed), offsets(end));
        copies.sampled(now, Map.of(PARTITION, changelogEnd), asOf.proven());
    }

    private void loaded(int from, int to, int next) {
        copies.fetched(PARTITION, to, next);
        copies.applied(PARTITION, (from + to) / 2);
        copies.applied(PARTITION, to);
    }

    private static Map<SourcePartition, Long> offsets(long requests) {
        return Map.of(
                new SourcePartition(Source.REQUESTS, PARTITION), requests,
                new SourcePartition(Source.USAGE, PARTITION), 0L,
                new SourcePartition(Source.REKEY, PARTITION), 0L);
    }

    private static List<Progress> nothing() {
        return List.of(Progress.none(Source.REQUESTS, PARTITION), Progress.none(Source.USAGE, PARTITION));
    }
}
