package io.tidemark.query.http;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that goes on. What is sent is written as fast as the client takes it, and nothing waits for that. */
public final class LongAnswer implements WriteListener {
    private final ServletOutputStream out;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private byte @Nullable [] unwritten;
    private boolean unflushed;
    private boolean ready;

    private LongAnswer(ServletOutputStream out, byte[] first) {
        this.out = out;
        this.unwritten = first;
    }

    /**
     * Begins one, once the handler has returned; status and headers are set by then.
     *
     * @param first what is sent before anything else
     * @param begun gets it
     * @param ended is run when it is over, whoever ended it, or has not begun
     */
    public static void begin(Context context, byte[] first, Consumer<LongAnswer> begun, Runnable ended) {
        context.future(() -> {
            try {
                var answer = new LongAnswer(context.res().getOutputStream(), first);
                answer.out.setWriteListener(answer);
                begun.accept(answer);
                return answer.ended.whenComplete((done, never) -> ended.run());
            } catch (IOException | RuntimeException gone) {
                ended.run();
                throw new CompletionException(gone);
            }
        });
    }

    public boolean isOver() {
        return ended.isDone();
    }

    /** Whether the client has taken everything that it was sent. */
    public synchronized boolean isReady() {
        return ready && !isOver();
    }

    /** Only once it {@link #isReady}; does nothing where it is over. The bytes must not change after. */
    public synchronized void send(byte[] bytes) {
        if (isOver()) {
            return;
        }
        if (!ready) {
            throw new IllegalStateException("what was sent before has not been taken");
        }
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

    /** Sends no more. */
    public void end() {
        ended.complete(null);
    }
}
