package io.tidemark.query.instance;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a process going for as long as its instance can. */
public final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private Serving() {}

    /**
     * Waits until the instance is ready, says so, and stays until it cannot go on; whoever supervises the process should
     * start it again then. A signal (Ctrl-C, SIGTERM), like every other end of the process, closes {@code everything}.
     *
     * @param everything the instance itself, or what holds more than it
     * @param whenReady says so; run once
     */
    public static void untilItCannot(Instance instance, AutoCloseable everything, Runnable whenReady)
            throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(everything), "closing"));
        while (instance.health().alive() && !instance.awaitReady(BETWEEN_LOOKS)) {
            LOG.debug("not ready: {}", instance.health().reasons());
        }
        if (instance.health().ready()) {
            whenReady.run();
        }
        while (instance.health().alive()) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        LOG.error("cannot go on: {}", instance.health().reasons());
    }

    private static void close(AutoCloseable everything) {
        try {
            everything.close();
        } catch (Exception failed) {
            LOG.error("did not close cleanly", failed);
        }
    }
}
