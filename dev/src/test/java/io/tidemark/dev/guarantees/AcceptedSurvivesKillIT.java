package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was answered 202 is counted, once, although everything is killed the moment after; sent again, it is still counted once. */
@NullMarked
@Timeout(180)
class AcceptedSurvivesKillIT {
    private static final int WRITERS = 8;
    private static final int BATCH = 20;
    private static final int BEFORE_KILL = 200;

    @TempDir
    private Path directory;

    /** Batches by their Idempotency-Key. */
    private final Map<String, Boolean> accepted = new ConcurrentHashMap<>();

    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();

    @Test
    void ofTheBrokerToo() throws Exception {
        try (var dev = DevProcess.start(directory)) {
            var batches = new AtomicInteger();
            var writers = new ArrayList<Thread>();
            for (int i = 0; i < WRITERS; i++) {
                var writer = new Thread(() -> writeUntilItIsGone(new Api(dev.http(), dev.key()), batches));
                writers.add(writer);
                writer.start();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() >= BEFORE_KILL);
            dev.kill();
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(unanswered)
                .as("control: it was killed while it was written to")
                .isNotEmpty();
        try (var dev = DevProcess.start(directory)) {
            var api = new Api(dev.http(), dev.key());
            holdsAtLeastWhatWasAccepted(api);
            for (String batch : everything()) {
                HttpResponse<String> answer = send(api, batch);
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> requests(api) == (long) BATCH * everything().size());
            assertThat(api.fates().get("conflict")).isZero();
        }
    }

    private List<String> everything() {
        var all = new ArrayList<>(accepted.keySet());
        all.addAll(unanswered);
        return all;
    }

    private void writeUntilItIsGone(Api api, AtomicInteger batches) {
        while (true) {
            String batch = "batch-" + batches.incrementAndGet();
            try {
                HttpResponse<String> answer = send(api, batch);
                if (answer.statusCode() != 202) {
                    throw new IOException("answered " + answer.statusCode());
                }
                accepted.put(batch, true);
            } catch (IOException gone) {
                unanswered.add(batch);
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The events of a batch are the same whenever it is sent. */
    private static HttpResponse<String> send(Api api, String batch) throws IOException, InterruptedException {
        var events = new ArrayList<String>();
        for (int i = 0; i < BATCH; i++) {
            events.add("{\"id\":\"" + batch + "/" + i + "\",\"user\":\"c" + i % 7 + "\",\"input_tokens\":" + i + "}");
        }
        return api.send("POST", "/v1/requests/batch", "[" + String.join(",", events) + "]");
    }

    private void holdsAtLeastWhatWasAccepted(Api api) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(requests(api)).isGreaterThanOrEqualTo((long) BATCH * accepted.size()));
    }

    private static long requests(Api api) throws IOException, InterruptedException {
        JsonNode all = api.json("/v1/usage/by-customer?period=1d&limit=1");
        return all.at("/totals/requests").asLong();
    }
}
