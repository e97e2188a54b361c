package io.tidemark.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.reading.Position;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a benchmark asks over HTTP. */
final class Questions {
    private static final int OK = 200;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 300;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final String key;

    Questions(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** Returns when an answer about all customers contains that position; the server does the waiting. */
    void awaitAnswerWith(Position position) throws IOException, InterruptedException {
        String path = "/api/v1/usage/by-customer?period=1h&limit=1&timeout=30s&after=" + position.token();
        for (int looks = 0; get(path).statusCode() != OK; looks++) {
            if (looks == MOST_LOOKS) {
                throw new IllegalStateException("not counted in time");
            }
        }
    }

    /** Waits until the metrics, which lag a second behind, say that so many records were counted, and not one more. */
    void requireCounted(long expected) throws IOException, InterruptedException {
        long counted = counted();
        for (int looks = 0; counted < expected && looks < MOST_LOOKS; looks++) {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
            counted = counted();
        }
        if (counted != expected) {
            throw new IllegalStateException("counted " + counted + " records instead of " + expected);
        }
    }

    private long counted() throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("tidemark_records{") && line.contains("fate=\"counted\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + path)).header("X-Api-Key", key);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }
}
