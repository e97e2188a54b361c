package io.tidemark.benchmarks.reads;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

/**
 * Asks over HTTP, at a pace that does not depend on the answers: who is answered late is late for the next as well, and that counts. By the JDK's older client, which blocks
 * and hands nothing from thread to thread: what asks has the same cores as what answers.
 */
final class Asker implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final int MOST_TRIES = 100;
    private static final long BETWEEN_TRIES_MILLIS = 100;
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    private final String url;
    private String key = ServedProcess.BOOTSTRAP_KEY;

    Asker(String url) {
        this.url = url;
    }

    /** To be called before anything in this process asks by HTTP, as the JDK looks but once: else all but five of the connections are made anew for each call. */
    static void keepConnections() {
        System.setProperty("http.maxConnections", String.valueOf(AT_ONCE + 1));
    }

    /** From now on it asks for that tenant. */
    void become(String tenant) throws IOException {
        key = key(tenant);
    }

    /** Makes a key of that tenant; for the operator. */
    String key(String tenant) throws IOException {
        HttpURLConnection call = call("/admin/api-keys");
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/json");
        call.getOutputStream().write(("{\"tenant\":\"" + tenant + "\",\"scopes\":[\"read\"]}").getBytes(UTF_8));
        var found = KEY.matcher(answered(call).body());
        if (!found.find()) {
            throw new IllegalStateException("no key was made");
        }
        return found.group(1);
    }

    private HttpURLConnection call(String path) throws IOException {
        var call = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
        call.setRequestProperty("X-Api-Key", key);
        return call;
    }

    private record Answered(int status, String body) {}

    /** Reads all of it, so that its connection can be used again. */
    private static Answered answered(HttpURLConnection call) throws IOException {
        int status = call.getResponseCode();
        try (InputStream body =
                status < HttpURLConnection.HTTP_BAD_REQUEST ? call.getInputStream() : call.getErrorStream()) {
            return new Answered(status, body == null ? "" : new String(body.readAllBytes(), UTF_8));
        }
    }

    /**
     * The body of what was answered, also that there is no such customer; anything else is nothing to be measured. Asks again for as long as the partition is on its way to
     * another instance.
     */
    String get(String path) throws IOException, InterruptedException {
        Answered answer = answered(call(path));
        for (int again = 0; answer.status() == 503 && again < MOST_TRIES; again++) {
            Thread.sleep(BETWEEN_TRIES_MILLIS);
            answer = answered(call(path));
        }
        if (answer.status() != 200 && answer.status() != 404) {
            throw new IllegalStateException(path + " was answered " + answer.status() + ": " + answer.body());
        }
        return answer.body();
    }

    int status(String path) throws IOException {
        return answered(call(path)).status();
    }

    /** Each from when it was due until it was answered. */
    Asked paced(String what, int perSecond, Duration time, LongFunction<String> path)
            throws InterruptedException, ExecutionException {
        long every = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long began = System.nanoTime();
        List<Future<Long>> took = new ArrayList<>();
        for (long i = 0; i * every < time.toNanos(); i++) {
            long due = began + i * every;
            String asked = path.apply(i);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            took.add(pool.submit(() -> {
                get(asked);
                return System.nanoTime() - due;
            }));
        }
        var all = new ArrayList<Long>();
        for (Future<Long> one : took) {
            all.add(one.get());
        }
        return new Asked(what, all);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
