package io.tidemark.query.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections whose headers do not end. Jetty's idle time-out begins anew with each byte and its data rate looks at
 * bodies only, so one byte each second would hold a connection for ever, and a thousand of them all there are.
 */
final class SlowHeaders extends AbstractLifeCycle implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration atMost;
    private final Map<Connection, Watch> open = new ConcurrentHashMap<>();

    SlowHeaders(Scheduler scheduler, Duration atMost) {
        this.scheduler = scheduler;
        this.atMost = atMost;
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Watch(connection));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    protected void doStart() {
        sweepAgain();
    }

    private void sweepAgain() {
        long pauseMillis = Math.max(10, atMost.toMillis() / 10);
        scheduler.schedule(this::sweep, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        if (!isRunning() && !isStarting()) {
            return;
        }
        long now = System.nanoTime();
        open.forEach((connection, watch) -> {
            if (watch.waitsSince(now) > atMost.toNanos()) {
                connection.getEndPoint().close();
            }
        });
        sweepAgain();
    }

    /** How long one connection has been sending the headers of its next request. Used by one sweep at a time. */
    private static final class Watch {
        private final Connection connection;
        private long requests;
        private long bytesBefore;
        private long since;

        Watch(Connection connection) {
            this.connection = connection;
            this.since = System.nanoTime();
        }

        long waitsSince(long now) {
            long seen = connection.getMessagesIn();
            boolean served = connection.getMessagesOut() < seen;
            if (served || seen > requests) {
                requests = seen;
                bytesBefore = connection.getBytesIn();
                since = now;
            } else if (connection.getBytesIn() == bytesBefore) {
                // Silent between two requests: that is the idle time-out's matter.
                since = now;
            }
            return now - since;
        }
    }
}
