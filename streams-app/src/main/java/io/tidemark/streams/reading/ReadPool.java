package io.tidemark.streams.reading;

import io.tidemark.streams.reading.Answer.NotReady;
import io.tidemark.streams.reading.Answer.Reason;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds reads, and says {@code BUSY} when too many are wanted at once.
 *
 * <p>What may take long is read by a small pool of platform threads: a read goes through JNI and may touch the disk, which would pin a virtual
 * thread's carrier; and more such reads at once than there are cores only make each of them slower. One customer's usage, if it is not to be explained, is a few
 * look-ups and is read by whoever asks: to hand it over and back took as long as the look-ups, and on a busy machine two more turns of
 * waiting for a core (decision 0041).
 */
public final class ReadPool implements AutoCloseable {
    private static final int MOST_WAITING = 256;

    private final ThreadPoolExecutor pool;
    private final AtomicInteger readingHere = new AtomicInteger();

    public ReadPool() {
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
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
                return question.explain() ? run(read) : here(read);
            }

            @Override
            public Answer<UsageByCustomer> byCustomer(PartQuestion question) {
                return run(() -> usage.byCustomer(question));
            }
        };
    }

    private <T> Answer<T> here(Supplier<Answer<T>> question) {
        try {
            return readingHere.incrementAndGet() > MOST_WAITING ? busy() : question.get();
        } finally {
            readingHere.decrementAndGet();
        }
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
