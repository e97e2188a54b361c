package io.tidemark.dev.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.dev.fixtures.DevProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code dev --sample}: thirty days within a minute, then a trickle; the same for the same seed, and over a restart. */
@NullMarked
@Timeout(240)
@Tag("alone")
class SampleIT {
    private static final Pattern SAID = Pattern.compile("sample seed=7 customers=42 events=([0-9]+) seconds=([0-9.]+)");

    /** On a machine that is not busy with more; beside other builds it takes what it takes. */
    private static final double WITHIN_SECONDS = Long.getLong("tidemark.sample.seconds", 60);

    private final Instant today = Instant.now().truncatedTo(ChronoUnit.DAYS);

    private static Matcher sampleLine(DevProcess dev) throws Exception {
        Matcher said = SAID.matcher(String.valueOf(dev.nextLine()));
        assertThat(said.matches())
                .as("the line that tells that the history is there")
                .isTrue();
        return said;
    }

    /** All rows of the whole days before today: whatever trickles in is not in them. */
    private List<String> history(DevProcess dev) throws Exception {
        JsonNode answer = dev.api()
                .json("/api/v1/usage/by-customer?sort_by=external_id&limit=1000&from="
                        + today.minus(29, ChronoUnit.DAYS) + "&to=" + today);
        var rows = new ArrayList<String>();
        answer.get("data")
                .forEach(row -> rows.add(
                        row.get("external_id").asText() + " " + row.get("name").asText() + " "
                                + row.get("requests") + " " + row.get("input_tokens") + " " + row.get("credits") + " "
                                + row.get("cost")));
        return rows;
    }

    private static long requests(DevProcess dev, String period) throws Exception {
        return dev.api()
                .json("/api/v1/usage/by-customer?limit=1&" + period)
                .get("totals")
                .get("requests")
                .asLong();
    }

    @Test
    void fillsThirtyDaysWithinAMinuteAndGoesOnAfterARestart(@TempDir Path one) throws Exception {
        List<String> first;
        try (var dev = DevProcess.start(one, "--sample", "--sample-seed", "7")) {
            Matcher said = sampleLine(dev);
            assertThat(Double.parseDouble(said.group(2))).as("seconds").isLessThan(WITHIN_SECONDS);
            first = history(dev);
            assertThat(first).hasSize(42).anyMatch(row -> row.startsWith("lumen-legal Lumen Legal "));
            assertThat(requests(dev, "period=30d")).isGreaterThan(100_000);
            long before = requests(dev, "period=10m");
            await().atMost(Duration.ofSeconds(10)).until(() -> requests(dev, "period=10m") > before + 5);
            dev.stop();
        }
        try (var dev = DevProcess.start(one, "--sample", "--sample-seed", "7")) {
            Matcher said = sampleLine(dev);
            assertThat(Long.parseLong(said.group(1))).as("only what is missing").isLessThan(3_000);
            assertThat(history(dev)).isEqualTo(first);
        }
    }
}
