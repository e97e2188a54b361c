package io.tidemark.streams.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.fixtures.Step;
import io.tidemark.streams.hot.HotReads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullMarked
class PatientUsageTest {
    private static final Period PERIOD = new Period(Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    private static final Answer<CustomerUsage> ANSWERED = new Answer.NotFound<>();

    private final AtomicLong learned = new AtomicLong(4);
    private final AtomicLong asked = new AtomicLong();

    private final UsageReadModel usage = new PatientUsage(
            new UsageReadModel() {
                @Override
                public Answer<CustomerUsage> ofCustomer(String tenant, String id, Period period, Wait wait) {
                    return ANSWERED;
                }

                @Override
                public Answer<UsageByCustomer> byCustomer(
                        String tenant, Period period, ByCustomerQuery query, Wait wait) {
                    throw new IllegalStateException("nobody asks");
                }
            },
            new StoredProgress(nothing(), Step.TOPICS),
            partition -> asked.incrementAndGet() > 3 ? learned.incrementAndGet() : learned.get(),
            1);

    @Test
    void waitsUntilAChangeOfACustomerIsKnown() {
        assertThat(ask(Position.ofCustomers(0, 5))).isEqualTo(ANSWERED);
        assertThat(learned).hasValue(5);
        assertThat(asked).hasValue(4);
    }

    @Test
    void doesNotWaitForWhatIsKnownOrLiesElsewhere() {
        assertThat(ask(Position.ofCustomers(0, 4))).isEqualTo(ANSWERED);
        assertThat(asked).hasValue(1);
        assertThat(ask(Position.ofCustomers(1, 9))).isEqualTo(ANSWERED);
        assertThat(asked).hasValue(1);
    }

    @Test
    void givesUpWhenItIsNotKnownInTime() {
        learned.set(Long.MIN_VALUE);
        assertThat(ask(Position.ofCustomers(0, 5)))
                .isInstanceOfSatisfying(
                        Answer.NotReady.class,
                        late -> assertThat(late.reason()).isEqualTo(Answer.Reason.NOT_CAUGHT_UP));
    }

    private Answer<CustomerUsage> ask(Position position) {
        return usage.ofCustomer("acme", "c", PERIOD, new Wait(Optional.of(position.token()), Duration.ofMillis(300)));
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
        };
    }
}
