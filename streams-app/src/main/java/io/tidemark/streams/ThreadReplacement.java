package io.tidemark.streams;

import io.tidemark.streams.reading.Deaths;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, but not one after the other for ever: when several die within a minute the cause
 * is not passing, and the instance stops counting and says so.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
    private static final int MOST = 5;

    private final Deaths deaths;

    ThreadReplacement(Deaths deaths) {
        this.deaths = deaths;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        int recent = deaths.note(exception);
        if (recent > MOST) {
            LOG.error("counting stops deaths={} within={}", recent, Deaths.WITHIN, exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error("stream thread replaced deaths={} within={}", recent, Deaths.WITHIN, exception);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
