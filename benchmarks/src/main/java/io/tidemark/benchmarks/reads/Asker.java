package io.tidemark.benchmarks.reads;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

/** Asks over HTTP, at a pace that does not depend on the answers: who is answered late is late for the next as well, and that counts. */
final class Asker implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final int MOST_TRIES = 100;
    private static final long BETWEEN_TRIES_MILLIS = 100;
    private static final Pattern KEY = Pattern.compile("\"key\":\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    private final String url;
    private String key = ServedProcess.BOOTSTRAP_KEY;

    Asker(String url) {
        this.url = url;
    }

    /** From now on it asks for that tenant. */
    void become(String tenant) throws IOException, InterruptedException {
        key = key(tenant);
    }

    /** Makes a key of that tenant; for the operator. */
    String key(String tenant) throws IOException, InterruptedException {
        var request = request("/admin/api-keys")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"tenant\":\"" + tenant + "\",\"scopes\":[\"read\"]}"))
                .build();
        var found = KEY.matcher(client.send(request, BodyHandlers.ofString()).body());
        if (!found.find()) {
            throw new IllegalStateException("no key was made");
        }
        return found.group(1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).header("X-Api-Key", key);
    }

    /**
     * The body of what was answered, also that there is no such customer; anything else is nothing to be measured. Asks again for as long as the partition is on its way to
     * another instance.
     */
    String get(String path) throws IOException, InterruptedException {
        var answer = client.send(request(path).build(), BodyHandlers.ofString());
        for (int again = 0; answer.statusCode() == 503 && again < MOST_TRIES; again++) {
            Thread.sleep(BETWEEN_TRIES_MILLIS);
            answer = client.send(request(path).build(), BodyHandlers.ofString());
        }
        if (answer.statusCode() != 200 && answer.statusCode() != 404) {
            throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    int status(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.discarding()).statusCode();
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
