package io.tidemark.streams.commits;

import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * When the tasks of a thread commit: after the commit interval while their events are fresh; while they are far behind, as after a long stop, only
 * as seldom as Kafka Streams does by itself ({@link #seldom}). What is far behind nobody waits for to the tenth of a second, and each commit writes anew what
 * the next one changes again: pages, progress, markers of transactions (decision 0036).
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
        private long workedAt = Long.MIN_VALUE / 2;
        private boolean behind;
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

    /** Commits what a task does by itself, and the last events before a pause. To be called once, when the task begins. */
    public void keep(ProcessorContext<?, ?> task) {
        task.schedule(Duration.ofMillis(interval), PunctuationType.WALL_CLOCK_TIME, now -> look(task, now));
    }

    private void look(ProcessorContext<?, ?> task, long now) {
        if (!isFarBehind(now)) {
            commitIfDue(task, threads.get(), now);
        }
    }

    /**
     * Something was handled that somebody may wait for.
     *
     * @param appendedAt UTC milliseconds, by the broker's clock
     */
    public void handled(ProcessingContext task, long appendedAt) {
        long now = task.currentSystemTimeMs();
        OfThread thread = threads.get();
        thread.workedAt = now;
        thread.behind = now - appendedAt > FAR_BEHIND_MILLIS;
        if (!thread.behind) {
            commitIfDue(task, thread, now);
        }
    }

    private void commitIfDue(ProcessingContext task, OfThread thread, long now) {
        // Also where the clock was set back.
        if (now - thread.committedAt >= interval || now < thread.committedAt) {
            thread.committedAt = now;
            task.commit();
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
