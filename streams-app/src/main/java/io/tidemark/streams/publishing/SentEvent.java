package io.tidemark.streams.publishing;

import io.tidemark.streams.event.Coordinates;
import io.tidemark.streams.fates.Fates;
import io.tidemark.streams.fates.Told;
import io.tidemark.streams.publishing.EventIntake.Receipt;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event on its way: first to the broker, then, where somebody waits for that, through the topology. */
final class SentEvent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SentEvent.class);

    private final Fates.@Nullable Awaited fate;
    private volatile boolean timedOut;
    private final CompletableFuture<Optional<Coordinates>> at = new CompletableFuture<>();

    SentEvent(Fates.@Nullable Awaited fate) {
        this.fate = fate;
    }

    /** What it is to be marked with, where its fate is waited for. */
    Optional<byte[]> mark() {
        return Optional.ofNullable(fate).map(Fates.Awaited::mark);
    }

    void isAt(Coordinates coordinates) {
        at.complete(Optional.of(coordinates));
    }

    void failed(Exception why) {
        LOG.warn("an event was not acknowledged because={}", why.toString());
        timedOut = why instanceof TimeoutException;
        at.complete(Optional.empty());
    }

    /** It is not even handed over: one before it waited in vain. */
    void isNotTried() {
        timedOut = true;
        at.complete(Optional.empty());
    }

    /** Whether it is known already that the broker did not take it in time. */
    boolean timedOut() {
        return timedOut;
    }

    /** Waits until the broker has it; empty when it was given up. */
    Optional<Coordinates> acknowledged() throws InterruptedException {
        try {
            return at.get();
        } catch (ExecutionException never) {
            throw new IllegalStateException("only ever completed normally", never);
        }
    }

    /** What came of it; waits for its fate so long. */
    Receipt receipt(Duration atMost) throws InterruptedException {
        boolean has = acknowledged().isPresent();
        Optional<Told> told = has && fate != null ? fate.told(atMost) : Optional.empty();
        return new Receipt(has, told);
    }

    @Override
    public void close() {
        if (fate != null) {
            fate.close();
        }
    }
}
