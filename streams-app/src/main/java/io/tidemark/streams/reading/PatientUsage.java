package io.tidemark.streams.reading;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.Answer.Unclear;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Waits, on the caller's thread, until the partitions of a question contain the position that was asked for. */
public final class PatientUsage implements UsageReadModel {
    private static final Duration POLL = Duration.ofMillis(5);

    private final UsageReadModel usage;
    private final StoredProgress progress;
    private final IntToLongFunction learned;
    private final int partitions;

    /**
     * Waits for what a position says.
     *
     * @param learned up to which offset a partition of {@code customers} is known of; throws {@link NotServed} as the progress does
     */
    public PatientUsage(UsageReadModel usage, StoredProgress progress, IntToLongFunction learned, int partitions) {
        this.usage = usage;
        this.progress = progress;
        this.learned = learned;
        this.partitions = partitions;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(String tenant, String externalId, Period period, Wait wait) {
        int partition = new EventKey(tenant, externalId).partition(partitions);
        return after(
                wait,
                IntStream.of(partition),
                () -> usage.ofCustomer(tenant, externalId, period, Wait.NOT),
                CustomerUsage::freshness);
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(String tenant, Period period, ByCustomerQuery query, Wait wait) {
        return after(
                wait,
                IntStream.range(0, partitions),
                () -> usage.byCustomer(tenant, period, query, Wait.NOT),
                UsageByCustomer::freshness);
    }

    private <T> Answer<T> after(
            Wait wait, IntStream asked, Supplier<Answer<T>> question, Function<T, Freshness> freshness) {
        if (wait.after().isEmpty()) {
            return question.get();
        }
        Optional<Position> position = Position.parse(wait.after().get());
        if (position.isEmpty()) {
            return new Unclear<>("after", "is not a position that an answer or a write gave");
        }
        long deadline = System.nanoTime() + wait.atMost().toNanos();
        int[] named = asked.filter(position.get()::names).toArray();
        while (true) {
            for (int partition : named) {
                NotReady<T> late = await(position.get(), partition, deadline);
                if (late != null) {
                    return late;
                }
            }
            Answer<T> answer = question.get();
            if (holds(answer, position.get(), named, freshness)) {
                return answer;
            } else if (System.nanoTime() >= deadline) {
                return late();
            }
        }
    }

    /**
     * Whether an answer has what was waited for, or says that it has not. A partition may have moved between the wait and the
     * question, to a copy that is not as far.
     */
    private static <T> boolean holds(
            Answer<T> answer, Position position, int[] partitions, Function<T, Freshness> freshness) {
        return answer.fold(new Answer.Cases<T, Boolean>(
                found -> position.isWithin(freshness.apply(found), partitions),
                () -> true,
                (reason, detail) -> true,
                (parameter, message) -> true));
    }

    private static <T> NotReady<T> late() {
        return new NotReady<>(Reason.NOT_CAUGHT_UP, "the answer does not contain the position yet");
    }

    private <T> @Nullable NotReady<T> await(Position position, int partition, long deadline) {
        while (!contains(position, partition)) {
            if (System.nanoTime() >= deadline) {
                return late();
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new NotReady<>(Reason.STOPPED, "the wait was interrupted");
            }
        }
        return null;
    }

    private boolean contains(Position position, int partition) {
        try {
            List<Progress> now = progress.of(partition);
            long customers = position.ofCustomers(partition);
            return position.isContainedIn(now) && (customers < 0 || customers <= learned.applyAsLong(partition));
        } catch (NotServed e) {
            // Nothing to wait for here: the question itself says what is missing.
            return true;
        }
    }
}
