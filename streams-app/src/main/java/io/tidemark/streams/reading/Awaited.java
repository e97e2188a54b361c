package io.tidemark.streams.reading;

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

/** Waits, on the caller's thread, until some partitions contain a position, and asks then. */
public final class Awaited {
    private static final Duration POLL = Duration.ofMillis(5);

    private final StoredProgress progress;
    private final IntToLongFunction learned;

    /**
     * Waits for what a position says.
     *
     * @param learned up to which offset a partition of {@code customers} is known of; throws {@link NotServed} as the progress does
     */
    public Awaited(StoredProgress progress, IntToLongFunction learned) {
        this.progress = progress;
        this.learned = learned;
    }

    /**
     * What the question answers once the partitions contain what {@code wait} names, and that is in the answer.
     *
     * @param asked the partitions that the question is of
     */
    <T> Answer<T> after(Wait wait, Set<Integer> asked, Supplier<Answer<T>> question, Function<T, Freshness> freshness) {
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
