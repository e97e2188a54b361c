package io.tidemark.query.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.FakeAccess;
import io.tidemark.query.FakeDirectory;
import io.tidemark.query.FakeIntake;
import io.tidemark.query.FakeOriginals;
import io.tidemark.query.FakeParts;
import io.tidemark.query.FakeTracer;
import io.tidemark.query.FakeUsage;
import io.tidemark.query.customers.Customers;
import io.tidemark.query.customers.Sample;
import io.tidemark.query.http.Limits;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.stream.StreamHub;
import io.tidemark.streams.access.Tenant;
import io.tidemark.streams.feed.HeldChanges;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.Health;
import io.tidemark.streams.roster.HeldCustomers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class WarmUpTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Duration LONG = Duration.ofSeconds(50);

    private final FakeUsage usage = new FakeUsage();
    private final FakeAccess access = new FakeAccess();
    private final FakeIntake intake = new FakeIntake(CLOCK);
    private final HeldCustomers customers = new HeldCustomers();
    private volatile boolean ready = true;
    private boolean amongOthers = true;

    private WarmUp warmUp(Duration longest) {
        customers.caughtUp();
        var counting = new Counting(
                usage,
                new FakeParts(),
                new FakeTracer(),
                access,
                customers,
                new FakeDirectory(),
                intake,
                new FakeOriginals().replays(intake),
                new HeldChanges(1),
                () -> new Health(true, ready, List.of()),
                () -> amongOthers,
                any -> {},
                any -> true,
                () -> {});
        BiFunction<List<KeyEntry>, Metrics, Routes> routes = (keys, seenBy) -> new Routes(
                usage,
                counting.parts(),
                counting.tracer(),
                access,
                counting.roster(),
                counting.directory(),
                intake,
                new FakeOriginals().replays(intake),
                new StreamHub(counting.changes(), new Customers(customers), caller -> true, seenBy.registry()),
                new ApiKeys(keys, access, CLOCK),
                () -> Health.CLOSING,
                seenBy,
                InstanceSettings.EVENTS_PER_SECOND,
                CLOCK);
        return new WarmUp(counting, routes, Limits.DEFAULT, longest);
    }

    @Test
    void asksWhatWillBeAskedUntilThatIsFast() {
        access.put(new Tenant("acme", Instant.EPOCH, Optional.empty(), Optional.empty(), Set.of()));
        warmUp(LONG).run();
        assertThat(usage.asked)
                .hasSizeBetween(5, 32)
                .allSatisfy(one -> assertThat(one.tenant()).isEqualTo("acme"));
        assertThat(usage.askedForAll).hasSizeBetween(5, 32);
    }

    /** Every third is slow: a hundred answers, of three kinds in turn, however many customers there are. */
    @Test
    void asksOnWhileItIsNotFast() {
        access.put(new Tenant("acme", Instant.EPOCH, Optional.empty(), Optional.empty(), Set.of()));
        for (int i = 0; i < 20; i++) {
            customers.put(Sample.customer(i));
        }
        usage.answersForAllWith(asked -> {
            pause();
            return new Answer.Found<>(FakeUsage.rows(asked.period(), asked.query(), "c"));
        });
        warmUp(LONG).run();
        assertThat(usage.asked).hasSizeGreaterThan(30);
        assertThat(usage.askedForAll).hasSizeGreaterThan(30);
    }

    private static void pause() {
        try {
            Thread.sleep(60);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void asksAlsoWhereNobodyIsKnownYet() {
        warmUp(LONG).run();
        assertThat(usage.asked).hasSizeGreaterThan(4);
    }

    /** A slow answer is better than none when nobody else gives one. */
    @Test
    void keepsNobodyWaitingWhereThereIsNoOther() {
        amongOthers = false;
        warmUp(LONG).run();
        assertThat(usage.asked).isEmpty();
    }

    /** As after a long restore: from then on it keeps whoever asks waiting for nothing. */
    @Test
    void endsWhenItTurnsOutThatThereIsNoOther() {
        ready = false;
        amongOthers = false;
        usage.answersForAllWith(asked -> {
            ready = usage.askedForAll.size() > 2;
            pause();
            return new Answer.Found<>(FakeUsage.rows(asked.period(), asked.query(), "c"));
        });
        warmUp(Duration.ofSeconds(6)).run();
        assertThat(usage.askedForAll).hasSize(3);
    }

    /** Nor does it know of others before it has them. */
    @Test
    void waitsForPartitionsBeforeItAsksButNotForLong() {
        ready = false;
        amongOthers = false;
        long began = System.nanoTime();
        warmUp(Duration.ofSeconds(6)).run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(3));
        assertThat(usage.asked).as("others may answer").isNotEmpty();
    }

    /** Else the door of an instance that can say nothing yet would never open. */
    @Test
    void givesUpInTime() {
        usage.answers(new Answer.NotReady<>(Answer.Reason.MOVING, "nothing is held yet"));
        usage.answersForAll(new Answer.NotReady<>(Answer.Reason.MOVING, "nothing is held yet"));
        long began = System.nanoTime();
        warmUp(Duration.ofMillis(500)).run();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
        assertThat(usage.asked).hasSizeLessThan(20);
    }
}
