package io.tidemark.streams.reading;

import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads on a small pool of platform threads, and says {@code BUSY} when too many are waiting for it.
 *
 * <p>A read goes through JNI and may touch the disk, which would pin a virtual thread's carrier; and more reads at once
 * than there are cores only make each of them slower.
 */
public final class ReadPool implements AutoCloseable {
    private static final int MOST_WAITING = 256;

    private final ThreadPoolExecutor pool;

    public ReadPool() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        pool = new ThreadPoolExecutor(
                threads, threads, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(MOST_WAITING), task -> {
                    var thread = new Thread(task, "tidemark-read");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** The same usage, read here. */
    HeldUsage reading(HeldUsage usage) {
        return new HeldUsage() {
            @Override
            public Answer<CustomerUsage> ofCustomer(CustomerQuestion question) {
                return run(() -> usage.ofCustomer(question));
            }

            @Override
            public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                return run(() -> usage.byCustomer(question));
            }
        };
    }

    <T> Answer<T> run(Supplier<Answer<T>> question) {
        Future<Answer<T>> answer;
        try {
            answer = pool.submit(question::get);
        } catch (RejectedExecutionException e) {
            return new NotReady<>(Reason.BUSY, "too many questions are waiting");
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new NotReady<>(Reason.STOPPED, "the read was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a read failed", e.getCause());
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
