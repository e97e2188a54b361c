package io.tidemark.query.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;

/**
 * Gathers a body before anybody works on it. A thread is held while bytes are there and not while they are awaited: else every
 * body that comes slowly would hold one.
 */
final class WholeBody implements ReadListener {
    private static final int AT_ONCE = 4 << 10;

    private final ServletInputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private int excess;

    private WholeBody(ServletInputStream in) {
        this.in = in;
    }

    /** At most one byte more than {@link Limits#BODY_BYTES}, which says that it is too large; fails with {@link Refused}. */
    static CompletableFuture<byte[]> of(ServletInputStream in) {
        var body = new WholeBody(in);
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
    }

    /** A connection closed on bytes nobody read is reset, and the answer may be lost with it: as much again is let by. */
    private void keep(byte[] some, int read) {
        int kept = Math.min(read, Limits.BODY_BYTES + 1 - bytes.size());
        bytes.write(some, 0, kept);
        excess += read - kept;
        if (excess > Limits.BODY_BYTES) {
            whole.complete(bytes.toByteArray());
        }
    }

    @Override
    public void onAllDataRead() {
        whole.complete(bytes.toByteArray());
    }

    @Override
    public void onError(Throwable broken) {
        whole.completeExceptionally(new Refused(Failures.of(kind(broken))));
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
