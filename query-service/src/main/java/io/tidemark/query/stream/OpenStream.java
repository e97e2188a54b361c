package io.tidemark.query.stream;

import io.tidemark.query.http.LongAnswer;
import io.tidemark.query.keys.Caller;
import io.tidemark.streams.feed.ChangeCursor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** One client that listens; of the hub's thread alone. */
final class OpenStream {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Caller caller;
    private final Optional<String> customer;
    private final String audience;
    private final LongAnswer answer;
    private final Optional<Function<ChangeCursor, byte[]>> reset;
    private final long endNanos;
    private ChangeCursor place;
    private long lastSent = System.nanoTime();

    /**
     * A client that was sent what it has to know first.
     *
     * @param customer the only one it hears of, by external id; empty: all of its tenant
     * @param place behind what it knows
     * @param reset what tells it, where it asks for what it shows by itself, that it has to ask again; empty where it is given that when it comes
     * @param endNanos when it is sent away, in {@link System#nanoTime}
     */
    OpenStream(
            Caller caller,
            Optional<String> customer,
            LongAnswer answer,
            ChangeCursor place,
            Optional<Function<ChangeCursor, byte[]>> reset,
            long endNanos) {
        this.caller = caller;
        this.customer = customer;
        audience = caller.tenant() + '/' + customer.orElse("");
        this.answer = answer;
        this.place = place;
        this.reset = reset;
        this.endNanos = endNanos;
    }

    Caller caller() {
        return caller;
    }

    Optional<String> customer() {
        return customer;
    }

    /** What it hears of: who has the same name here hears of the same. */
    String audience() {
        return audience;
    }

    ChangeCursor place() {
        return place;
    }

    void isAt(ChangeCursor further) {
        place = further;
    }

    boolean asksItself() {
        return reset.isPresent();
    }

    /** That it has to ask again, being where it is now. */
    byte[] reset() {
        return reset.orElseThrow().apply(place);
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
