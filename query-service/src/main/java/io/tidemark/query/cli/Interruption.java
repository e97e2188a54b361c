package io.tidemark.query.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ctrl-C, or what a supervisor sends: asks the work to end, and lets the process end once it has said what it did. */
final class Interruption implements AutoCloseable, BooleanSupplier {
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration patience;
    private volatile boolean asked;

    private Interruption(Duration patience) {
        this.patience = patience;
    }

    /** Listens from now on, until it is closed. */
    static Interruption waitingFor(Duration patience) {
        var interruption = new Interruption(patience);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::ask, "interruption"));
        return interruption;
    }

    private void ask() {
        asked = true;
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
