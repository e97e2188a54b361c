package io.tidemark.query.stream;

import io.tidemark.query.http.LongAnswer;
import io.tidemark.query.keys.Caller;
import io.tidemark.streams.feed.ChangeCursor;
import java.time.Duration;
import java.util.Optional;

/** One client that listens; of the hub's thread alone. */
final class OpenStream {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Caller caller;
    private final Optional<String> customer;
    private final LongAnswer answer;
    private final long endNanos;
    private ChangeCursor place;
    private long lastSent = System.nanoTime();

    /**
     * A client that was sent what it has to know first.
     *
     * @param customer the only one it hears of, by external id; empty: all of its tenant
     * @param place behind what it knows
     * @param endNanos when it is sent away, in {@link System#nanoTime}
     */
    OpenStream(Caller caller, Optional<String> customer, LongAnswer answer, ChangeCursor place, long endNanos) {
        this.caller = caller;
        this.customer = customer;
        this.answer = answer;
        this.place = place;
        this.endNanos = endNanos;
    }

    Caller caller() {
        return caller;
    }

    Optional<String> customer() {
        return customer;
    }

    ChangeCursor place() {
        return place;
    }

    void isAt(ChangeCursor further) {
        place = further;
    }

    long lastSent() {
        return lastSent;
    }

    /** Whether its time is over, and it has taken what it was sent or does not. */
    boolean isDue(long now) {
        return now - endNanos >= (isReady() ? 0 : PATIENCE_NANOS);
    }

    boolean isOver() {
        return answer.isOver();
    }

    boolean isReady() {
        return answer.isReady();
    }

    void send(byte[] bytes, long now) {
        lastSent = now;
        answer.send(bytes);
    }

    void end() {
        answer.end();
    }
}
