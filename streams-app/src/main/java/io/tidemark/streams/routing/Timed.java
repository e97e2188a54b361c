package io.tidemark.streams.routing;

import io.tidemark.streams.reading.Wait;
import java.time.Duration;

/** One call to a peer, from its making on: what {@link Haste} learns of it. Who was told to wait says nothing of how fast it is. */
final class Timed {
    private final Haste haste;
    private final Duration atMost;
    private final boolean waits;
    private final long began = System.nanoTime();

    /** @param atMost when it is given up */
    Timed(Haste haste, Wait wait, Duration atMost) {
        this.haste = haste;
        this.atMost = atMost;
        waits = !wait.atMost().isZero();
    }

    void answered() {
        if (!waits) {
            haste.took(elapsed());
        }
    }

    /** A peer that is gone fails at once, and is not slow for that. */
    void failed() {
        if (!waits && elapsed().compareTo(atMost) >= 0) {
            haste.tookTooLong(atMost);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}
