package io.tidemark.query.instance;

import io.tidemark.query.http.Door;
import io.tidemark.query.ops.Metrics;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.reading.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Counting and the door to it, started and closed together. */
public final class Instance implements AutoCloseable {
    /** With the second that the door takes for its last answers this stays below five. */
    private static final Duration LEAVING = Duration.ofMillis(3500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final MeteringApp app;
    private final Metrics metrics;
    private final Door door;
    private final String host;
    private final AtomicBoolean closing;

    private Instance(MeteringApp app, Metrics metrics, Door door, String host, AtomicBoolean closing) {
        this.app = app;
        this.metrics = metrics;
        this.door = door;
        this.host = host;
        this.closing = closing;
    }

    /**
     * Starts counting, then opens the door; returns at once. Questions are answered when it {@link #awaitReady is ready}.
     *
     * @throws io.tidemark.streams.StartRefused when a topic is missing or is not as it must be
     */
    public static Instance start(InstanceSettings settings, Clock clock) {
        var app = MeteringApp.start(settings.metering(), clock);
        try {
            var metrics = new Metrics();
            app.bindTo(metrics.registry());
            var closing = new AtomicBoolean();
            var routes = new Routes(app.usage(), settings.keys(), () -> health(app, closing), metrics, clock);
            var door = Door.open(settings.host(), settings.port(), settings.limits(), routes);
            return new Instance(app, metrics, door, settings.host(), closing);
        } catch (RuntimeException doorStaysShut) {
            app.close(LEAVING);
            throw doorStaysShut;
        }
    }

    private static Health health(MeteringApp app, AtomicBoolean closing) {
        return closing.get() ? new Health(true, false, List.of("the instance is closing")) : app.health();
    }

    /** Where the door is: {@code http://host:port}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + door.port();
    }

    public Health health() {
        return health(app, closing);
    }

    /** Waits until questions can be answered; false when that did not come in time or cannot come any more. */
    public boolean awaitReady(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (System.nanoTime() - end < 0) {
            Health now = health();
            if (now.ready() || !now.alive() || closing.get()) {
                return now.ready();
            }
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
        return health().ready();
    }

    /** Says that it is not ready, then closes the door, then leaves the group; under five seconds. Later calls do nothing. */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            door.close();
        } finally {
            app.close(LEAVING);
            metrics.close();
        }
    }
}
