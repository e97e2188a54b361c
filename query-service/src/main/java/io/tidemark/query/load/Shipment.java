package io.tidemark.query.load;

import io.tidemark.streams.publishing.EventPublisher;
import io.tidemark.streams.publishing.EventPublisher.Delivery;
import io.tidemark.streams.publishing.PublishFailed;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands events over and sends those that failed again, which is safe: the same id counts once. An outage shorter than the
 * patience therefore loses nothing and adds nothing.
 *
 * @param <T> what names an event, so that it can be made again
 */
public final class Shipment<T> {
    private final EventPublisher publisher;
    private final Function<T, MadeEvent> maker;
    private final Tally tally;
    private final long patience;
    private final LongSupplier nanos;
    private final Queue<T> failed = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastGood;
    private final AtomicReference<@Nullable PublishFailed> why = new AtomicReference<>();

    public Shipment(EventPublisher publisher, Function<T, MadeEvent> maker, Tally tally, Duration patience) {
        this(publisher, maker, tally, patience, System::nanoTime);
    }

    Shipment(
            EventPublisher publisher,
            Function<T, MadeEvent> maker,
            Tally tally,
            Duration patience,
            LongSupplier nanos) {
        this.publisher = publisher;
        this.maker = maker;
        this.tally = tally;
        this.patience = patience.toNanos();
        this.nanos = nanos;
        lastGood = new AtomicLong(nanos.getAsLong());
    }

    /**
     * Hands one event over, and after it what has failed meanwhile.
     *
     * @throws PublishFailed when nothing was acknowledged for longer than the patience, or nothing at all so far
     */
    public void send(T name, MadeEvent event) {
        handOver(event, delivery(name, true));
        sendFailedAgain();
    }

    /** Sends a copy that need not arrive. */
    void repeat(T name) {
        handOver(maker.apply(name), delivery(name, false));
    }

    /** Waits until each is acknowledged; sends none again once it is no longer wanted. */
    public void finish(BooleanSupplier wanted) {
        publisher.flush();
        while (!failed.isEmpty() && wanted.getAsBoolean()) {
            sendFailedAgain();
            publisher.flush();
        }
    }

    /** Those that were never acknowledged, once no more are sent. */
    public Iterable<T> unacknowledged() {
        return failed;
    }

    private void sendFailedAgain() {
        if (failed.isEmpty()) {
            return;
        }
        for (int left = failed.size(); left > 0; left--) {
            T name = failed.peek();
            giveUpAfterPatience();
            if (name != null) {
                handOver(maker.apply(name), delivery(name, true));
                // Only now: were the hand-over to throw, it must still count as not acknowledged.
                failed.remove(name);
                tally.sentAgain();
            }
        }
    }

    private void giveUpAfterPatience() {
        PublishFailed failure = why.get();
        boolean never = tally.counts().acknowledged() == 0;
        if (failure != null && (never || nanos.getAsLong() - lastGood.get() > patience)) {
            throw failure;
        }
    }

    private void handOver(MadeEvent event, Delivery delivery) {
        publisher.publish(event.kind(), event.fields(), delivery);
    }

    private Delivery delivery(T name, boolean needed) {
        return new Delivery() {
            @Override
            public void acknowledged() {
                lastGood.set(nanos.getAsLong());
                tally.acknowledged();
            }

            @Override
            public void failed(PublishFailed because) {
                why.set(because);
                tally.failed();
                if (needed) {
                    failed.add(name);
                }
            }
        };
    }
}
