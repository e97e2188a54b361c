package io.tidemark.dev.chaos;

import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Ask 25 times a second, in the profile a hundred times, whatever became of the questions before, at one instance after the other. */
final class Askers implements AutoCloseable {
    private static final int PER_SECOND = Integer.getInteger("tidemark.chaos.questions", 25);
    /** More than can be waiting at that pace until patience ends. */
    private static final int THREADS = 128;

    private final Caller caller;
    private final Load load;
    private final Random random;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    private final Thread clock = new Thread(this::run, "askers");
    private volatile boolean closed;

    Askers(Caller caller, Load load, long seed) {
        this.caller = caller;
        this.load = load;
        this.random = new Random(seed + 2);
        clock.setDaemon(true);
        clock.start();
    }

    private void run() {
        try {
            long next = System.nanoTime();
            for (int turn = 0; !closed; turn++) {
                next += 1_000_000_000L / PER_SECOND;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
                int first = turn;
                Caller.Question question = question(turn);
                pool.execute(() -> ask(question, first));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Caller.Question question(int turn) {
        var write = load.lastWrite();
        if (turn % 10 == 0) {
            return caller.usageByCustomer(Cluster.TENANTS.get(turn / 10 % Cluster.TENANTS.size()));
        }
        if (turn % 20 == 7 && write.isPresent()) {
            Call last = write.get();
            return caller.usageOf(last.tenant(), last.customer(), last.after());
        }
        return caller.usageOf(
                Cluster.TENANTS.get(random.nextInt(Cluster.TENANTS.size())),
                EventMaker.customer(random.nextInt(EventMaker.CUSTOMERS)));
    }

    private void ask(Caller.Question question, int first) {
        try {
            caller.ask(question, first, 2);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
        clock.interrupt();
        pool.shutdown();
        try {
            clock.join();
            if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("questions without an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
