package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.hot.HotReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@NullMarked
class PatientUsageTest {
    private static final Period PERIOD = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    private static final Answer<CustomerUsage> ANSWERED = new Answer.NotFound<>();

    private final AtomicLong learned = new AtomicLong(4);
    private final AtomicLong asked = new AtomicLong();

    private final ReadPool pool = new ReadPool();

    private final HeldUsage usage = new PatientUsage(
            new HeldUsage() {
                @Override
                public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
                    return ANSWERED;
                }

                @Override
                public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                    throw new IllegalStateException("nobody asks");
                }
            },
            pool,
            new Awaited(
                    new StoredProgress(nothing(), Step.TOPICS),
                    partition -> asked.incrementAndGet() > 3 ? learned.incrementAndGet() : learned.get()),
            1);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void waitsUntilAChangeOfACustomerIsKnown() {
        assertThat(ask(Position.ofCustomers(0, 5))).isEqualTo(ANSWERED);
        // Nothing was found: that the position is still contained is looked at once more.
        assertThat(learned).hasValue(6);
        assertThat(asked).hasValue(5);
    }

    @Test
    void doesNotWaitForWhatIsKnownOrLiesElsewhere() {
        assertThat(ask(Position.ofCustomers(0, 4))).isEqualTo(ANSWERED);
        assertThat(asked).hasValue(2);
        assertThat(ask(Position.ofCustomers(1, 9))).isEqualTo(ANSWERED);
        assertThat(asked).hasValue(2);
    }

    @Test
    void givesUpWhenItIsNotKnownInTime() {
        learned.set(Long.MIN_VALUE);
        assertThat(ask(Position.ofCustomers(0, 5)))
                .isInstanceOfSatisfying(
                        Answer.NotReady.class,
                        late -> assertThat(late.reason()).isEqualTo(Answer.Reason.NOT_CAUGHT_UP));
    }

    @Test
    void asksAgainWhereAnAnswerIsOlderThanWhatWasWaitedFor() {
        var answers = new AtomicLong();
        var usedUp = new PatientUsage(
                new HeldUsage() {
                    @Override
                    public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
                        return of(answers.incrementAndGet());
                    }

                    @Override
                    public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                        throw new IllegalStateException("nobody asks");
                    }
                },
                // Just then nobody serves the partition: there is nothing to wait for, and the question may still be
                // answered.
                pool,
                new Awaited(new StoredProgress(notServed(), Step.TOPICS), partition -> 0),
                1);
        var position = new Position(List.of(new Coordinates(Source.REQUESTS, 0, 5)));
        var wait = new Wait(Optional.of(position.token()), Duration.ofSeconds(5));
        assertThat(usedUp.ofCustomer(new HeldUsage.CustomerQuestion("acme", "c", PERIOD, false, wait)))
                .isEqualTo(of(5));
        assertThat(answers).hasValue(5);
        var none = new Wait(Optional.of(position.token()), Duration.ZERO);
        answers.set(0);
        assertThat(usedUp.ofCustomer(new HeldUsage.CustomerQuestion("acme", "c", PERIOD, false, none)))
                .isInstanceOf(Answer.NotReady.class);
    }

    /** An answer that contains requests up to an offset. */
    private static Answer<CustomerUsage> of(long offset) {
        var position = new Position(List.of(new Coordinates(Source.REQUESTS, 0, offset)));
        var freshness = new Freshness(Instant.EPOCH, List.of(), position.token());
        return new Answer.Found<>(new CustomerUsage("c", PERIOD, offset, Sums.NONE, List.of(), freshness));
    }

    private static HotReads notServed() {
        return new HotReads() {
            @Override
            public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
                throw new NotServed("moving");
            }

            @Override
            public List<Integer> partitions() {
                return List.of();
            }

            @Override
            public long stay(int partition) {
                throw new NotServed("moving");
            }

            @Override
            public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {}

            @Override
            public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {}
        };
    }

    private Answer<CustomerUsage> ask(Position position) {
        return usage.ofCustomer(new HeldUsage.CustomerQuestion(
                "acme", "c", PERIOD, false, new Wait(Optional.of(position.token()), Duration.ofMillis(300))));
    }

    private static HotReads nothing() {
        return new HotReads() {
            @Override
            public List<byte @Nullable []> get(int partition, List<Bytes> keys) {
                var none = new ArrayList<byte @Nullable []>();
                keys.forEach(key -> none.add(null));
                return none;
            }

            @Override
            public List<Integer> partitions() {
                return List.of(0);
            }

            @Override
            public long stay(int partition) {
                return 1;
            }

            @Override
            public void scan(int partition, Bytes from, Bytes to, BiConsumer<byte[], byte[]> entry) {}

            @Override
            public void scanWhile(int partition, Bytes from, Bytes to, BiPredicate<byte[], byte[]> entry) {}
        };
    }
}
