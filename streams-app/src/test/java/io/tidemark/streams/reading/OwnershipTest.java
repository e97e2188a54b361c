package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.accounts.Served;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.reading.AsOf.SourcePartition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Histories of an instance that counts partition 3, and of another that may take it. */
@NullMarked
class OwnershipTest {
    private static final Instant T0 = Instant.parse("2026-11-20T12:00:00Z");
    private static final int PARTITION = 3;
    private static final String US = "us-1";
    private static final String AGAIN = "us-2";
    private static final String OTHER = "other-1";
    private static final Group OURS = new Group(Set.of(US, OTHER), true, Map.of(PARTITION, US));
    private static final Group THEIRS = new Group(Set.of(OTHER), true, Map.of());
    private static final Group ANEW = new Group(Set.of(US, OTHER), false, Map.of());
    private static final Group ANEW_WITHOUT_US = new Group(Set.of(OTHER), false, Map.of());

    private final Served served = new Served();
    private final AsOf asOf = new AsOf();
    private final Ownership ownership = new Ownership(served);
    private int seconds;

    /** Everything that was appended is committed, by whomever; one second has passed. */
    private void sample(Group group) {
        sample(ownership.stays(), group);
    }

    private void sample(Map<Integer, Long> stays, Group group) {
        Map<SourcePartition, Long> ends = Map.of(new SourcePartition(Source.REQUESTS, PARTITION), 100L + seconds);
        asOf.sampled(T0.plusSeconds(seconds), ends, ends);
        asOf.sampled(T0.plusSeconds(seconds), ends, ends);
        ownership.sampled(stays, group, asOf.proven());
        seconds++;
    }

    private Instant said() {
        return ownership
                .proven(PARTITION, served.stay(PARTITION))
                .map(OwnershipTest::of)
                .orElse(Instant.EPOCH);
    }

    private Instant saidOfTheGroup() {
        return of(asOf.proven());
    }

    private static Instant of(Proven proven) {
        return proven.of(List.of(Progress.none(Source.REQUESTS, PARTITION)));
    }

    @Test
    void saysOfWhatIsOursWhatIsSaidOfTheGroup() {
        served.open(PARTITION);
        sample(OURS);
        assertThat(said()).isEqualTo(T0);
        sample(OURS);
        assertThat(said()).isEqualTo(T0.plusSeconds(1));
        assertThat(ownership.isSettled()).isTrue();
    }

    /** Stopped past its session and resumed: another counts, and its own thread has not noticed yet. */
    @Test
    void saysNoMoreOfWhatAnotherCountsByNow() {
        served.open(PARTITION);
        sample(OURS);
        sample(THEIRS);
        sample(THEIRS);
        assertThat(said()).isEqualTo(T0);
        assertThat(saidOfTheGroup()).as("control: what it said before").isEqualTo(T0.plusSeconds(2));
    }

    /** The other was given it, committed and left again, or the group is put together anew for somebody else. */
    @Test
    void saysNoMoreOnceItsMemberWasPutOut() {
        served.open(PARTITION);
        sample(OURS);
        sample(ANEW_WITHOUT_US);
        assertThat(said()).isEqualTo(T0);
        assertThat(saidOfTheGroup()).as("control").isEqualTo(T0.plusSeconds(1));
    }

    /** A member that was put out comes back under another id: its thread may have joined while the store is still as it was. */
    @Test
    void saysNoMoreWhileItComesBackAsAnother() {
        served.open(PARTITION);
        sample(OURS);
        sample(new Group(Set.of(AGAIN, OTHER), false, Map.of()));
        assertThat(said()).isEqualTo(T0);
        sample(new Group(Set.of(AGAIN, OTHER), true, Map.of()));
        assertThat(said()).isEqualTo(T0);
    }

    @Test
    void goesOnWhileTheGroupIsPutTogetherAnewWithItsMember() {
        served.open(PARTITION);
        sample(OURS);
        sample(ANEW);
        assertThat(said()).isEqualTo(T0.plusSeconds(1));
        sample(ANEW);
        assertThat(said()).isEqualTo(T0.plusSeconds(2));
    }

    @Test
    void saysNothingOfANewStayBeforeTheGroupDoes() {
        served.open(PARTITION);
        sample(OURS);
        served.close(PARTITION);
        served.open(PARTITION);
        assertThat(said()).isEqualTo(Instant.EPOCH);
        sample(ANEW);
        assertThat(said()).as("nobody said that it is ours again").isEqualTo(Instant.EPOCH);
        assertThat(ownership.isSettled()).isFalse();
        sample(OURS);
        assertThat(said()).isEqualTo(T0.plusSeconds(2));
    }

    /** What is committed was asked for in the stay before: it may be another's. */
    @Test
    void saysNothingWhereTheStayBeganWhileKafkaWasAsked() {
        served.open(PARTITION);
        Map<Integer, Long> before = ownership.stays();
        served.close(PARTITION);
        served.open(PARTITION);
        sample(before, OURS);
        assertThat(said()).isEqualTo(Instant.EPOCH);
    }

    /** Stopped in the midst of a sample: what was committed is asked before, who has it after. */
    @Test
    void saysNoMoreWhereItIsLostWhileKafkaIsAsked() {
        served.open(PARTITION);
        sample(OURS);
        Map<Integer, Long> before = ownership.stays();
        sample(before, THEIRS);
        assertThat(said()).isEqualTo(T0);
    }

    @Test
    void forgetsWhatIsNotServedAnyMore() {
        served.open(PARTITION);
        sample(OURS);
        served.close(PARTITION);
        sample(THEIRS);
        assertThat(said()).isEqualTo(Instant.EPOCH);
        assertThat(ownership.isSettled()).isTrue();
    }
}
