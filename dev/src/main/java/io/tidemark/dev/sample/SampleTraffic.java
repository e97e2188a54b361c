package io.tidemark.dev.sample;

import io.tidemark.query.load.MadeEvent;
import io.tidemark.query.load.Shipment;
import io.tidemark.query.load.Tally;
import io.tidemark.query.remote.CallFailed;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the sample: first what the data directory has not of the last thirty days, then every second what has happened
 * in it. In a thread of its own, so that nothing waits for it.
 */
final class SampleTraffic implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleTraffic.class);
    private static final Duration HISTORY = Duration.ofDays(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SECONDS_BETWEEN_MARKS = 15;
    private static final int BUSY = 503;
    private static final int UNREACHED = 0;

    private final String tenant;
    private final long seed;
    private final SampleMarker marker;
    private final EventPublisher publisher;
    private final RemoteInstance instance;
    private final Clock clock;
    private final Consumer<String> out;
    private final CountDownLatch stop;
    private final Tally tally = new Tally();
    private final Shipment<MadeEvent> shipment;

    /**
     * Sends when it is run.
     *
     * @param out is told in one line when the history can be asked for
     * @param stop ends it
     */
    SampleTraffic(
            String tenant,
            long seed,
            SampleMarker marker,
            EventPublisher publisher,
            RemoteInstance instance,
            Clock clock,
            Consumer<String> out,
            CountDownLatch stop) {
        this.tenant = tenant;
        this.seed = seed;
        this.marker = marker;
        this.publisher = publisher;
        this.instance = instance;
        this.clock = clock;
        this.out = out;
        this.stop = stop;
        shipment = new Shipment<>(publisher, event -> event, tally, PATIENCE);
    }

    @Override
    public void run() {
        try {
            long began = System.nanoTime();
            if (marker.sentUntil().isEmpty()) {
                SampleDirectory.fill(instance);
            }
            Instant until = history();
            awaitCounted();
            out.accept(String.format(
                    Locale.ROOT,
                    "sample seed=%d customers=%d events=%d seconds=%.1f",
                    seed,
                    Company.ALL.size(),
                    tally.counts().acknowledged(),
                    (System.nanoTime() - began) / 1e9));
            trickle(until);
        } catch (PublishFailed | CallFailed failed) {
            LOG.warn("the sample has ended: {}", failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            if (isWanted()) {
                LOG.error("the sample has ended", failed);
            }
        }
    }

    private boolean isWanted() {
        return stop.getCount() > 0;
    }

    /** Sends what is missing up to now, hour by hour; says up to when. */
    private Instant history() {
        Instant now = clock.instant();
        Instant first = now.minus(HISTORY).truncatedTo(ChronoUnit.DAYS);
        Instant from = marker.sentUntil().filter(first::isBefore).orElse(first);
        for (Instant hour = from.truncatedTo(ChronoUnit.HOURS);
                hour.isBefore(now) && isWanted();
                hour = hour.plus(1, ChronoUnit.HOURS)) {
            send(new SampleHour(tenant, seed, hour).events(), from, now);
        }
        shipment.finish(this::isWanted);
        mark(now);
        return now;
    }

    /** Those that happened after one instant and up to another. */
    private void send(List<MadeEvent> events, Instant after, Instant upTo) {
        for (MadeEvent event : events) {
            Instant at = SampleHour.occurredAt(event);
            if (at.isAfter(after) && !at.isAfter(upTo)) {
                shipment.send(event, event);
            }
        }
    }

    private void mark(Instant sentUntil) {
        if (isWanted()) {
            marker.sentUntil(sentUntil);
        }
    }

    private void awaitCounted() throws InterruptedException {
        String question = "/api/v1/usage/by-customer?limit=1&timeout=20s&after=" + publisher.position();
        while (isWanted()) {
            try {
                instance.get(question);
                return;
            } catch (CallFailed refused) {
                if (refused.status() != BUSY && refused.status() != UNREACHED) {
                    throw refused;
                }
                if (stop.await(1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        }
    }

    /** The clock decides what is due: a second that was missed is sent with the next. */
    private void trickle(Instant historyUntil) throws InterruptedException {
        Instant sent = historyUntil;
        var hour = new SampleHour(tenant, seed, sent).events();
        for (int second = 1; !stop.await(1, TimeUnit.SECONDS); second++) {
            Instant now = clock.instant();
            send(hour, sent, now);
            if (!now.truncatedTo(ChronoUnit.HOURS).equals(sent.truncatedTo(ChronoUnit.HOURS))) {
                hour = new SampleHour(tenant, seed, now).events();
                send(hour, sent, now);
            }
            send(SampleSecond.events(tenant, seed, now.minusSeconds(1)), Instant.MIN, now);
            sent = now;
            if (second % SECONDS_BETWEEN_MARKS == 0) {
                shipment.finish(this::isWanted);
                mark(sent);
            }
        }
    }
}
