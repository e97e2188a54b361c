package io.tidemark.streams.commits;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * When the tasks of a thread commit: the first fresh event after a pause at once, the next with the commit interval; while they are far behind, as after
 * a long stop, only as seldom as Kafka Streams does by itself ({@link #seldom}). What is far behind nobody waits for to the tenth of a second, and each
 * commit writes anew what the next one changes again: pages, progress, markers of transactions (decision 0036).
 *
 * <p>A commit is the thread's, for all of its tasks. So what is known here is known for each thread.
 */
public final class Pace {
    /** Appended longer ago than that, an event is one of a backlog. Pauses of a busy machine are shorter. */
    private static final long FAR_BEHIND_MILLIS = 2_000;

    private static final Duration SELDOM = Duration.ofSeconds(1);

    private final long interval;
    private final ThreadLocal<OfThread> threads = ThreadLocal.withInitial(OfThread::new);

    private static final class OfThread {
        private long committedAt = Long.MIN_VALUE / 2;
        private long lookedAt = Long.MIN_VALUE / 2;
        private long workedAt = Long.MIN_VALUE / 2;
        private boolean behind;
        private @Nullable Cancellable next;
    }

    /** @param interval from one commit to the next while events are fresh */
    public Pace(Duration interval) {
        // Kafka Streams looks at nothing more often than that.
        this.interval = Math.max(1, interval.toMillis());
    }

    /** From one commit to the next, at most, whatever is asked for here: Kafka Streams' own commit interval. */
    public static Duration seldom(Duration interval) {
        return interval.compareTo(SELDOM) > 0 ? interval : SELDOM;
    }

    /** Commits what a task does by itself, and the end of a backlog. To be called once, when the task begins. */
    public void keep(ProcessorContext<?, ?> task) {
        task.schedule(Duration.ofMillis(interval), PunctuationType.WALL_CLOCK_TIME, now -> look(task, now));
    }

    private void look(ProcessorContext<?, ?> task, long now) {
        OfThread thread = threads.get();
        if (isFarBehind(now) || !isOver(thread.committedAt, now)) {
            return;
        }
        if (thread.workedAt > thread.committedAt) {
            commit(task, thread, now);
        } else if (isOver(thread.lookedAt, now)) {
            // Nobody waits for it: the next event need not wait because of it.
            thread.lookedAt = now;
            task.commit();
        }
    }

    /**
     * Something was handled that somebody may wait for.
     *
     * @param appendedAt UTC milliseconds, by the broker's clock
     */
    public void handled(ProcessorContext<?, ?> task, long appendedAt) {
        long now = task.currentSystemTimeMs();
        OfThread thread = threads.get();
        thread.workedAt = now;
        thread.behind = now - appendedAt > FAR_BEHIND_MILLIS;
        if (!thread.behind) {
            if (isOver(thread.committedAt, now)) {
                commit(task, thread, now);
            } else {
                commitLater(task, thread, now);
            }
        }
    }

    /** Whether an interval has passed; also where the clock was set back. */
    private boolean isOver(long since, long now) {
        return now - since >= interval || now < since;
    }

    private static void commit(ProcessorContext<?, ?> task, OfThread thread, long now) {
        thread.committedAt = now;
        if (thread.next != null) {
            thread.next.cancel();
            thread.next = null;
        }
        task.commit();
    }

    /** Should that task leave the thread before, the next event of another finds a commit due, or the next look does. */
    private void commitLater(ProcessorContext<?, ?> task, OfThread thread, long now) {
        if (thread.next == null) {
            Duration left = Duration.ofMillis(thread.committedAt + interval - now);
            thread.next = task.schedule(left, PunctuationType.WALL_CLOCK_TIME, at -> commit(task, thread, at));
        }
    }

    /** Whether this thread is handling events of long ago right now. */
    public boolean isFarBehind(long now) {
        return threads.get().behind && isBusy(now);
    }

    /** Whether this thread had something to handle in the last interval. */
    public boolean isBusy(long now) {
        return Math.abs(now - threads.get().workedAt) < interval;
    }
}
