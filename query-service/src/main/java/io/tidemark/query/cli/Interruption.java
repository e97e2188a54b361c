package io.tidemark.query.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C, or what a supervisor sends: asks the work to end, and lets the process end once it has said what it did. */
final class Interruption implements AutoCloseable, BooleanSupplier {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration patience;
    private final Runnable told;
    private volatile boolean asked;

    private Interruption(Duration patience, Runnable told) {
        this.patience = patience;
        this.told = told;
    }

    /** Listens from now on, until it is closed. */
    static Interruption waitingFor(Duration patience) {
        return waitingFor(patience, () -> {});
    }

    /** The same, and tells somebody at once. */
    static Interruption waitingFor(Duration patience, Runnable told) {
        var interruption = new Interruption(patience, told);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::ask, "interruption"));
        return interruption;
    }

    private void ask() {
        asked = true;
        told.run();
        try {
            if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("it did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the work is still wanted. */
    @Override
    public boolean getAsBoolean() {
        return !asked;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
