package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.reading.Period;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Months of traffic through the real topology and RocksDB: what is deleted goes in bounded steps, is gone, and slows nobody
 * down. {@code -Dtidemark.purge.days=365 -Dtidemark.purge.events=1000} makes it longer and each day busier.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PurgeKeepsUpTest {
    private static final int DAYS = Integer.getInteger("tidemark.purge.days", 120);
    private static final int EVENTS = Integer.getInteger("tidemark.purge.events", 300);
    /** What one punctuation may delete: so many pages and so many records of ids. */
    private static final int MOST_AT_ONCE = 2_000 + 1_000;
    /** Pages of hours are kept 38 days: from here on as much goes each day as comes. */
    private static final int STEADY = 40;

    private final Scratch scratch = new Scratch();
    private LongRun run;

    @BeforeAll
    void live() {
        run = new LongRun(scratch, DAYS, EVENTS);
        run.live();
        DayLived.figures(run.days()).forEach(System.out::println);
    }

    @AfterAll
    void stop() {
        run.close();
        scratch.close();
    }

    @Test
    void deletesNoMoreAtOnceThanItsBoundAndAsMuchAsComes() {
        assertThat(run.days())
                .allMatch(day -> day.mostDeletedAtOnce() <= MOST_AT_ONCE)
                .as("a slice of ids takes several")
                .anyMatch(day -> day.mostDeletedAtOnce() > 1_000);
        assertThat(run.days().subList(STEADY, DAYS))
                .filteredOn(day -> day.deleted() > 0)
                .hasSizeGreaterThan(DAYS - STEADY - 2);
    }

    @Test
    void leavesNothingThatIsOlderThanItIsKept() {
        assertThat(run.oldest().hourPage()).isBetween(run.keptFrom(38), run.keptFrom(37));
        assertThat(run.oldest().dayPage()).isEqualTo(run.keptFrom(60));
        assertThat(run.oldest().id()).isAfter(run.keptFrom(35 + 3 * 18));
    }

    @Test
    void makesNoReadStepOverWhatWasDeleted() {
        assertThat(run.days()).allMatch(day -> day.steppedOver() < 50);
    }

    @Test
    void keepsReadsAsFastAsTheyWereBeforeItBegan() {
        // The count above is the proof; this only says that nothing else grows either.
        double before =
                DayLived.median(run.days().subList(STEADY - 10, STEADY), day -> day.byCustomer() + day.ofCustomer());
        double after = DayLived.median(run.days().subList(DAYS - 10, DAYS), day -> day.byCustomer() + day.ofCustomer());
        assertThat(after / before).isLessThan(5);
    }

    @Test
    void widensABoundThatIsOlderThanItsPagesAndSaysSo() {
        assertThat(answered(50, 427, 2_000)).isEqualTo(minutes(50, 420, 2_010));
        assertThat(answered(80, 427, 2_000)).isEqualTo(minutes(80, 0, 2_880));
        assertThat(answered(2, 427, 2_000)).as("what is kept is not widened").isEqualTo(minutes(2, 427, 2_000));
    }

    /** The period an answer is of, which must hold exactly the events of that period. */
    private Period answered(int daysBefore, int from, int to) {
        Period asked = minutes(daysBefore, from, to);
        Period answered = run.byCustomer(asked).period();
        assertThat(run.ofCustomer(asked).period()).isEqualTo(answered);
        assertThat(run.byCustomer(asked).totalRequests()).isEqualTo(run.expected(answered));
        assertThat(run.ofCustomer(asked).requests()).isEqualTo(run.expectedOfCustomer(answered));
        return answered;
    }

    private Period minutes(int daysBefore, int from, int to) {
        Instant day = run.keptFrom(daysBefore);
        return new Period(day.plus(Duration.ofMinutes(from)), day.plus(Duration.ofMinutes(to)));
    }
}
