package io.tidemark.streams.reading;

import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds reads: of either kind no more go on at once than there are cores, as more of them only make each slower; says {@code BUSY} when too many wait.
 *
 * <p>What may take long is read by a small pool of platform threads: a read goes through JNI and may touch the disk, which pins a virtual
 * thread's carrier. One customer's usage of at most {@link #SHORT}, not explained, is a few look-ups for each of its series, and is read by whoever
 * asks: to hand it over and back took as long as the look-ups, and on a busy machine two more turns of waiting for a core
 * (decision 0041).
 */
public final class ReadPool implements AutoCloseable {
    /** Some thirteen months. */
    static final Duration SHORT = Duration.ofDays(400);

    private static final int MOST_WAITING = 256;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger wantedHere = new AtomicInteger();
    private final Semaphore readingHere;

    public ReadPool() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        readingHere = new Semaphore(threads);
        pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    var thread = new Thread(task, "tidemark-read");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The same usage, within the bounds. */
    HeldUsage reading(HeldUsage usage) {
        return new HeldUsage() {
            @Override
            public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
                Supplier<Answer<CustomerUsage>> read = () -> usage.ofCustomer(question);
                return isShort(question) ? here(read) : run(read);
            }

            @Override
            public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                return run(() -> usage.byCustomer(question));
            }
        };
    }

    private static boolean isShort(HeldUsage.CustomerQuestion question) {
        Period period = question.period();
        return !question.explain()
                && Duration.between(period.from(), period.to()).compareTo(SHORT) <= 0;
    }

    private <T> Answer<T> here(Supplier<Answer<T>> question) {
        try {
            if (wantedHere.incrementAndGet() > MOST_WAITING) {
                return busy();
            }
            readingHere.acquire();
            try {
                return question.get();
            } finally {
                readingHere.release();
            }
        } catch (InterruptedException e) {
            return interrupted();
        } finally {
            wantedHere.decrementAndGet();
        }
    }

    private static <T> Answer<T> interrupted() {
        Thread.currentThread().interrupt();
        return new NotReady<>(Reason.STOPPED, "the read was interrupted");
    }

    private static <T> Answer<T> busy() {
        return new NotReady<>(Reason.BUSY, "too many questions are waiting");
    }

    <T> Answer<T> run(Supplier<Answer<T>> question) {
        Future<Answer<T>> answer;
        try {
            answer = pool.submit(question::get);
        } catch (RejectedExecutionException e) {
            return busy();
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            return interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read failed", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
