package io.tidemark.query.stream;

import io.tidemark.query.keys.Caller;
import io.tidemark.streams.feed.ChangeCursor;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One client that listens. What it is sent is written as fast as it takes it, and nothing waits for that. */
final class OpenStream implements WriteListener {
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private final Caller caller;
    private final Optional<String> customer;
    private final ServletOutputStream out;
    private final long endNanos;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private ChangeCursor place;
    private long lastSent;
    private byte @Nullable [] unwritten;
    private boolean unflushed;
    private boolean ready;

    /**
     * A client of which nothing is written yet.
     *
     * @param customer the only one it hears of, by external id; empty: all of its tenant
     * @param place behind what it knows
     * @param first what it is sent before anything else
     * @param endNanos when it is sent away, in {@link System#nanoTime}
     */
    OpenStream(
            Caller caller,
            Optional<String> customer,
            ServletOutputStream out,
            ChangeCursor place,
            byte[] first,
            long endNanos) {
        this.caller = caller;
        this.customer = customer;
        this.out = out;
        this.place = place;
        this.unwritten = first;
        this.endNanos = endNanos;
        this.lastSent = System.nanoTime();
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

    /** Completed when it is over, whoever ended it. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    boolean isOver() {
        return ended.isDone();
    }

    /** Whether it has taken everything that it was sent. */
    synchronized boolean isReady() {
        return ready && !isOver();
    }

    /** Only to one that {@link #isReady}. The bytes must not change after. */
    synchronized void send(byte[] bytes, long now) {
        if (!isReady()) {
            throw new IllegalStateException("it has not taken what it was sent before");
        }
        lastSent = now;
        ready = false;
        unwritten = bytes;
        onWritePossible();
    }

    @Override
    public synchronized void onWritePossible() {
        try {
            while (!isOver() && !ready && out.isReady()) {
                goOn();
            }
        } catch (IOException gone) {
            end();
        }
    }

    private void goOn() throws IOException {
        byte[] bytes = unwritten;
        if (bytes != null) {
            unwritten = null;
            unflushed = true;
            out.write(bytes);
        } else if (unflushed) {
            unflushed = false;
            out.flush();
        } else {
            ready = true;
        }
    }

    @Override
    public void onError(Throwable gone) {
        end();
    }

    void end() {
        ended.complete(null);
    }
}
