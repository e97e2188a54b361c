package io.tidemark.streams.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;

/**
 * Does the same for each of several partitions, together with whichever threads are free: who asks takes one after the other, and so do they. Nobody waits for a thread that
 * is busy, so who asks may be one of a pool, and is never slower than alone.
 */
public final class ManyHands implements AutoCloseable {
    /** Nobody helps. */
    public static final ManyHands NONE = new ManyHands(0);

    private final int most;
    private final ThreadPoolExecutor helpers;

    /** @param most how many help at most, over all who ask */
    public ManyHands(int most) {
        this.most = most;
        helpers = new ThreadPoolExecutor(0, Math.max(1, most), 1, TimeUnit.MINUTES, new SynchronousQueue<>(), task -> {
            var thread = new Thread(task, "tidemark-read-too");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The result of each, in their order.
     *
     * @throws RuntimeException what {@code work} threw for any of them
     */
    public <T> List<T> each(List<Integer> partitions, IntFunction<T> work) {
        var share = new Share<>(partitions, work);
        List<Future<?>> helping = new ArrayList<>();
        try {
            for (int i = 1; i < partitions.size() && i <= most; i++) {
                helping.add(helpers.submit(share));
            }
        } catch (RejectedExecutionException allAreBusy) {
            // It goes on with those that there are.
        }
        try {
            share.run();
        } finally {
            share.stop();
            await(helping);
        }
        return share.results();
    }

    private static void await(List<Future<?>> helping) {
        boolean interrupted = false;
        RuntimeException failed = null;
        for (Future<?> helper : helping) {
            boolean ended = false;
            while (!ended) {
                try {
                    helper.get();
                    ended = true;
                } catch (InterruptedException e) {
                    // What it is at is short, and its result is shared.
                    interrupted = true;
                } catch (ExecutionException e) {
                    ended = true;
                    failed = e.getCause() instanceof RuntimeException one
                            ? one
                            : new IllegalStateException(e.getCause());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static final class Share<T> implements Runnable {
        private final List<Integer> partitions;
        private final IntFunction<T> work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<T> results;

        Share(List<Integer> partitions, IntFunction<T> work) {
            this.partitions = partitions;
            this.work = work;
            results = new AtomicReferenceArray<>(partitions.size());
        }

        @Override
        public void run() {
            for (int i = next.getAndIncrement(); i < partitions.size(); i = next.getAndIncrement()) {
                results.set(i, work.apply(partitions.get(i)));
            }
        }

        /** Nothing more is begun. */
        void stop() {
            next.set(partitions.size());
        }

        List<T> results() {
            var all = new ArrayList<T>();
            for (int i = 0; i < partitions.size(); i++) {
                all.add(results.get(i));
            }
            return all;
        }
    }

    @Override
    public void close() {
        helpers.shutdownNow();
    }
}
