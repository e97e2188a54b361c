package io.tidemark.query.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/**
 * Gathers a body before anybody works on it. A thread is held while bytes are there and not while they are awaited: else every
 * body that comes slowly would hold one.
 */
final class WholeBody implements ReadListener {
    private static final int AT_ONCE = 4 << 10;
    /** However steadily it comes: what is held of it is held from others. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final long MILLIS_OF_A_SECOND = 1000;

    private final ServletInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private int excess;
    private boolean overloaded;

    private final Limits limits;
    private final int most;
    private final BodyBudget budget;
    private final long since = System.nanoTime();

    private WholeBody(ServletInputStream in, Limits limits, int most, BodyBudget budget) {
        this.in = in;
        this.limits = limits;
        this.most = most;
        this.budget = budget;
    }

    /**
     * Fails with {@link Refused}.
     *
     * @param most bytes; one more is kept, which says that it is too large
     * @param budget of which it takes what it holds; given back by who gets the bytes, or where it fails
     */
    static CompletableFuture<byte[]> of(ServletInputStream in, Limits limits, int most, BodyBudget budget) {
        var body = new WholeBody(in, limits, most, budget);
        in.setReadListener(body);
        return body.whole;
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] some = new byte[AT_ONCE];
        while (!whole.isDone() && in.isReady()) {
            int read = in.read(some);
            if (read < 0) {
                return;
            }
            keep(some, read);
        }
        if (!in.isFinished() && isTooSlow()) {
            fail(Problem.Kind.REQUEST_TIMEOUT);
        }
    }

    /**
     * Measured from when it was first awaited, and not at its beginning: a short one may well come a packet later than its head.
     * (Jetty's own limit has no such grace, and refuses 60 bytes that are 130 ms late.)
     */
    private boolean isTooSlow() {
        Duration took = Duration.ofNanos(System.nanoTime() - since);
        return took.compareTo(limits.body()) > 0
                && (took.compareTo(LONGEST) > 0
                        || bytes.size() + excess < took.toMillis() * limits.bodyBytesPerSecond() / MILLIS_OF_A_SECOND);
    }

    /** A connection closed on bytes nobody read is reset, and the answer may be lost with it: as much again is let by. */
    private void keep(byte[] some, int read) {
        int kept = overloaded ? 0 : Math.min(read, most + 1 - bytes.size());
        if (kept > 0 && !budget.take(kept)) {
            overloaded = true;
            budget.give(bytes.size());
            excess += bytes.size();
            bytes.reset();
            kept = 0;
        }
        bytes.write(some, 0, kept);
        excess += read - kept;
        if (excess > most) {
            onAllDataRead();
        }
    }

    @Override
    public void onAllDataRead() {
        if (overloaded) {
            // What was let by is all of it.
            fail(excess > most ? Problem.Kind.CONTENT_TOO_LARGE : Problem.Kind.OVERLOADED);
        } else {
            whole.complete(bytes.toByteArray());
        }
    }

    /** What is held goes back before anybody hears of it. */
    private void fail(Problem.Kind kind) {
        if (!whole.isDone()) {
            budget.give(bytes.size());
            bytes.reset();
            whole.completeExceptionally(new Refused(Failures.of(kind)));
        }
    }

    @Override
    public void onError(Throwable broken) {
        fail(kind(broken));
    }

    /** It came too slowly, or not at all, or is no body; whichever it is, it is not a failure of ours. */
    private static Problem.Kind kind(Throwable broken) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return Problem.Kind.REQUEST_TIMEOUT;
            }
            if (cause instanceof HttpException http) {
                return Problem.Kind.ofStatus(http.getCode());
            }
        }
        return Problem.Kind.BAD_REQUEST;
    }
}
