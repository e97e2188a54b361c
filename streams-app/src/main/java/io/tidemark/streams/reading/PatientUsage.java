package io.tidemark.streams.reading;

import io.tidemark.schemas.EventKey;
import io.tidemark.streams.accounts.StoredProgress;
import io.tidemark.streams.event.Progress;
import io.tidemark.streams.hot.HotReads.NotServed;
import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import io.tidemark.streams.reading.Answer.Unclear;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits, on the caller's thread, until the partitions of a question contain the position that was asked for. */
public final class PatientUsage implements HeldUsage {
    private static final Duration POLL = Duration.ofMillis(5);

    private final HeldUsage usage;
    private final StoredProgress progress;
    private final IntToLongFunction learned;
    private final int partitions;

    /**
     * Waits for what a position says.
     *
     * @param learned up to which offset a partition of {@code customers} is known of; throws {@link NotServed} as the progress does
     */
    public PatientUsage(HeldUsage usage, StoredProgress progress, IntToLongFunction learned, int partitions) {
        this.usage = usage;
        this.progress = progress;
        this.learned = learned;
        this.partitions = partitions;
    }

    @Override
    public Answer<CustomerUsage> ofCustomer(CustomerQuestion asked) {
        int partition = new EventKey(asked.tenant(), asked.externalId()).partition(partitions);
        return after(
                asked.waiting(),
                Set.of(partition),
                () -> usage.ofCustomer(asked.within(Wait.NOT)),
                CustomerUsage::freshness);
    }

    @Override
    public Answer<UsageByCustomer> byCustomer(PartQuestion asked) {
        return after(
                asked.waiting(),
                asked.partitions(),
                () -> usage.byCustomer(asked.of(asked.partitions(), Wait.NOT)),
                UsageByCustomer::freshness);
    }

    private <T> Answer<T> after(
            Wait wait, Set<Integer> asked, Supplier<Answer<T>> question, Function<T, Freshness> freshness) {
        if (wait.after().isEmpty()) {
            return question.get();
        }
        Optional<Position> position = Position.parse(wait.after().get());
        if (position.isEmpty()) {
            return new Unclear<>("after", "is not a position that an answer or a write gave");
        }
        long deadline = System.nanoTime() + wait.atMost().toNanos();
        int[] named = asked.stream()
                .mapToInt(Integer::intValue)
                .filter(position.get()::names)
                .toArray();
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
            if (!pause()) {
                return interrupted();
            }
        }
    }

    /**
     * Whether an answer has what was waited for, or says that it has not. A partition may have moved between the wait and the
     * question, to a copy that is not as far; and where nothing was found, it may not be there yet in that copy.
     */
    private <T> boolean holds(Answer<T> answer, Position position, int[] partitions, Function<T, Freshness> freshness) {
        return answer.fold(new Answer.Cases<T, Boolean>(
                found -> position.isWithin(freshness.apply(found), partitions),
                () -> Arrays.stream(partitions).allMatch(partition -> contains(position, partition)),
                (reason, detail) -> true,
                (parameter, message) -> true));
    }

    private static <T> NotReady<T> late() {
        return new NotReady<>(Reason.NOT_CAUGHT_UP, "the answer does not contain the position yet");
    }

    private static <T> NotReady<T> interrupted() {
        return new NotReady<>(Reason.STOPPED, "the wait was interrupted");
    }

    private <T> @Nullable NotReady<T> await(Position position, int partition, long deadline) {
        while (!contains(position, partition)) {
            if (System.nanoTime() >= deadline) {
                return late();
            }
            if (!pause()) {
                return interrupted();
            }
        }
        return null;
    }

    /** False when it was interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(POLL.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
