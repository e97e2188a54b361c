package io.tidemark.query.instance;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a process going for as long as its instance can, and until it is told to stop. */
public final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Instance instance;
    private final AutoCloseable everything;
    private final StopSignal stop;
    private boolean closed;
    private boolean clean;

    private Serving(Instance instance, AutoCloseable everything, StopSignal stop) {
        this.instance = instance;
        this.everything = everything;
        this.stop = stop;
    }

    /**
     * Waits until the instance is ready, says so, and stays until it cannot go on or a signal comes (Ctrl-C, SIGTERM). Then it says that it is not
     * ready any more, answers for a while longer, and closes {@code everything}. A second signal does not wait for that while.
     *
     * @param everything the instance itself, or what holds more than it; closed also where the process ends otherwise
     * @param drain how long to go on answering, so that who sends requests by readiness sees it in time
     * @param whenReady says that it is; run once
     * @return whether it was told to stop, and everything was closed as it should be
     */
    public static boolean untilToldOrItCannot(
            Instance instance, AutoCloseable everything, Duration drain, Runnable whenReady)
            throws InterruptedException {
        var serving = new Serving(instance, everything, StopSignal.listen());
        Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "closing"));
        return serving.run(drain, whenReady);
    }

    /** The same without hooks. */
    static boolean untilToldOrItCannot(
            Instance instance, AutoCloseable everything, Duration drain, Runnable whenReady, StopSignal stop)
            throws InterruptedException {
        return new Serving(instance, everything, stop).run(drain, whenReady);
    }

    private boolean run(Duration drain, Runnable whenReady) throws InterruptedException {
        boolean told = false;
        boolean said = false;
        while (!told && instance.health().alive()) {
            if (!said && instance.health().ready()) {
                whenReady.run();
                said = true;
            }
            told = stop.await(said ? BETWEEN_LOOKS : Instance.BETWEEN_LOOKS);
        }
        if (!told) {
            LOG.error("cannot go on: {}", instance.health().reasons());
            close();
            return false;
        }
        instance.drain();
        if (stop.await(drain)) {
            LOG.info("told to stop again: not waiting any more");
        }
        return close();
    }

    /** Once, whoever comes first: the end of the process waits for it. */
    private synchronized boolean close() {
        if (!closed) {
            closed = true;
            try {
                everything.close();
                clean = true;
            } catch (Exception failed) {
                LOG.error("did not close cleanly", failed);
            }
        }
        return clean;
    }
}
