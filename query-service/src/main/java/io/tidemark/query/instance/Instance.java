package io.tidemark.query.instance;

import io.tidemark.query.customers.Customers;
import io.tidemark.query.http.Door;
import io.tidemark.query.keys.ApiKeys;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.ops.Metrics;
import io.tidemark.query.peers.Cluster;
import io.tidemark.query.stream.StreamHub;
import io.tidemark.streams.MeteringApp;
import io.tidemark.streams.reading.Health;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counting and the door to it, started and closed together. */
public final class Instance implements AutoCloseable {
    /** With the second that the door takes for its last answers this stays below five. */
    private static final Duration LEAVING = Duration.ofMillis(3500);

    /** At most: on a busy machine it is assigned nothing for nearly as long. */
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    private final Counting counting;
    private final Metrics metrics;
    private final StreamHub hub;
    private final Door door;
    private final String host;
    private final AtomicBoolean closing;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Instance(Counting counting, Metrics metrics, StreamHub hub, Door door, String host, AtomicBoolean closing) {
        this.counting = counting;
        this.metrics = metrics;
        this.hub = hub;
        this.door = door;
        this.host = host;
        this.closing = closing;
    }

    /**
     * Reads keys and tenants, starts counting, then opens the door, where there are other instances once it is {@linkplain WarmUp warmed up};
     * does not wait for more. Questions are answered when it {@link #awaitReady is ready}.
     *
     * @throws io.tidemark.streams.StartRefused when a topic is missing or is not as it must be
     */
    public static Instance start(InstanceSettings settings, Clock clock) {
        Optional<Cluster> cluster = settings.peers().map(peers -> Cluster.open(peers, clock));
        try {
            var app = MeteringApp.start(settings.metering(), cluster.map(Cluster::address), clock);
            return open(Counting.by(app, cluster, clock), settings, clock);
        } catch (RuntimeException neverBegan) {
            cluster.ifPresent(Cluster::close);
            throw neverBegan;
        }
    }

    static Instance open(Counting counting, InstanceSettings settings, Clock clock) {
        try {
            warnIfNobodyCanAsk(settings, counting);
            var metrics = new Metrics();
            counting.bindTo().accept(metrics.registry());
            var closing = new AtomicBoolean();
            metrics.healthIs(() -> health(counting, closing));
            var apiKeys = new ApiKeys(settings.keys(), counting.access(), clock);
            var hub = new StreamHub(
                    counting.changes(), new Customers(counting.roster()), apiKeys::isGood, metrics.registry());
            BiFunction<List<KeyEntry>, Metrics, Routes> routes = (keys, seenBy) -> new Routes(
                    counting.usage(),
                    counting.parts(),
                    counting.tracer(),
                    counting.access(),
                    counting.roster(),
                    counting.directory(),
                    counting.intake(),
                    counting.replays(),
                    hub,
                    new ApiKeys(keys, counting.access(), clock),
                    () -> health(counting, closing),
                    seenBy,
                    settings.eventsPerSecond(),
                    clock);
            if (settings.peers().isPresent()) {
                new WarmUp(counting, routes, settings.limits(), WARM_UP).run();
            }
            var door = Door.open(
                    settings.host(),
                    settings.port(),
                    settings.limits(),
                    settings.front(),
                    routes.apply(settings.keys(), metrics));
            return new Instance(counting, metrics, hub, door, settings.host(), closing);
        } catch (RuntimeException doorStaysShut) {
            boolean unused = counting.leave().test(LEAVING);
            counting.close().run();
            throw doorStaysShut;
        }
    }

    /** Said once: it may well be that an operator makes the first key at another instance. */
    private static void warnIfNobodyCanAsk(InstanceSettings settings, Counting counting) {
        if (settings.keys().isEmpty() && counting.access().keys().isEmpty()) {
            LOG.warn("nobody can ask: there is no key, and {} is not set", KeyEntry.BOOTSTRAP_VARIABLE);
        }
    }

    private static Health health(Counting counting, AtomicBoolean closing) {
        return closing.get() ? Health.CLOSING : counting.health().get();
    }

    /** Where the door is: {@code http://host:port}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + door.port();
    }

    public Health health() {
        return health(counting, closing);
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

    /**
     * From now on it is not ready, and goes on answering until it is closed: who sends requests by readiness sends them elsewhere. Who listens is sent away,
     * to listen there.
     */
    public void drain() {
        closing.set(true);
        hub.close();
    }

    /**
     * Says that it is not ready, then leaves the group, the door still open: what it answers no more itself, it says so of. Then closes the door,
     * then the rest; under five seconds. Later calls do nothing.
     *
     * @throws IllegalStateException when counting did not end in time, everything being closed all the same
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        drain();
        boolean left = false;
        try {
            left = counting.leave().test(LEAVING);
        } finally {
            closeTheRest();
        }
        if (!left) {
            throw new IllegalStateException("counting did not end in " + LEAVING);
        }
    }

    private void closeTheRest() {
        try {
            door.close();
        } finally {
            counting.close().run();
            metrics.close();
        }
    }
}
