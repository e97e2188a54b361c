package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.DevProcess;
import io.tidemark.dev.fixtures.ServeProcess;
import io.tidemark.query.keys.ApiKeyFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A key that one instance revokes is refused by every instance within a second, and by the one that revoked it at once. */
@NullMarked
@Timeout(180)
class KeysAreRevokedEverywhereIT {
    private static final int KEYS = Integer.getInteger("tidemark.keys", 40);
    private static final int WARM_UP = 10;
    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final String USAGE = "/api/v1/usage/by-customer";

    @TempDir
    private Path directory;

    @Test
    @Tag("alone")
    void withinASecond() throws Exception {
        try (var dev = DevProcess.start(directory.resolve("dev"));
                var other = ServeProcess.start(dev, directory.resolve("state"), Map.of())) {
            List<Duration> known = new ArrayList<>();
            List<Duration> revoked = new ArrayList<>();
            for (int i = 0; i < WARM_UP + KEYS; i++) {
                String key = dev.api().createKey("acme", "read");
                known.add(timeUntil(200, other.api(key)));
                var answer = dev.api().send("DELETE", "/admin/api-keys/" + ApiKeyFormat.id(key), "");
                assertThat(answer.statusCode()).isEqualTo(204);
                revoked.add(timeUntil(401, other.api(key)));
                assertThat(new Api(dev.http(), key).get(USAGE).statusCode())
                        .as("by the instance that revoked it")
                        .isEqualTo(401);
            }
            say("created to taken elsewhere", known);
            say("revoked to refused elsewhere", revoked);
            assertThat(Collections.max(revoked)).isLessThan(WITHIN);
        }
    }

    @Test
    void andStayRevokedAfterARestart() throws Exception {
        String key;
        try (var dev = DevProcess.start(directory.resolve("dev"))) {
            key = dev.api().createKey("acme", "read");
            String id = ApiKeyFormat.id(key);
            assertThat(dev.api()
                            .send("POST", "/admin/api-keys/" + id + "/rotate", "{}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(new Api(dev.http(), key).get(USAGE).statusCode()).isEqualTo(200);
            assertThat(dev.api().send("DELETE", "/admin/api-keys/" + id, "").statusCode())
                    .isEqualTo(204);
            dev.kill();
        }
        try (var dev = DevProcess.start(directory.resolve("dev"))) {
            assertThat(new Api(dev.http(), key).get(USAGE).statusCode()).isEqualTo(401);
        }
    }

    private static Duration timeUntil(int status, Api api) throws Exception {
        long began = System.nanoTime();
        while (api.get(USAGE).statusCode() != status) {
            Thread.sleep(1);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private static void say(String what, List<Duration> times) {
        List<Duration> sorted = new ArrayList<>(times.subList(WARM_UP, times.size()));
        Collections.sort(sorted);
        System.err.printf(
                "%s, of %d: p50 %d ms, p99 %d ms, max %d ms%n",
                what,
                sorted.size(),
                sorted.get(sorted.size() / 2).toMillis(),
                sorted.get(sorted.size() * 99 / 100).toMillis(),
                sorted.get(sorted.size() - 1).toMillis());
    }
}
