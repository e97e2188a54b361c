package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Listener;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeCluster;
import io.tidemark.dev.fixtures.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever listens at either of two instances hears of every customer's month, and of the last state of each, exactly as it is answered; also who was away meanwhile and goes on at the other instance,
 * and who listened at one that was killed.
 */
@NullMarked
@Timeout(240)
class ListenersHearOfAllIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> TOLD = List.of(
            "requests",
            "input_tokens",
            "output_tokens",
            "cached_input_tokens",
            "reasoning_tokens",
            "credits",
            "cost",
            "meters");

    @TempDir
    private Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final Traffic traffic = new Traffic(20261129, "acme", now, Duration.ofDays(19));
    private final Set<String> months = new TreeSet<>();

    @Test
    void wherever() throws Exception {
        try (var cluster = ServeCluster.in(directory)) {
            cluster.join();
            String key = cluster.key("acme");
            Api api = cluster.instance(1).api(key);
            String first = cluster.instance(0).http();
            String second = cluster.instance(1).http();
            try (var here = Listener.at(first, key, "?limit=1000");
                    var there = Listener.at(second, key, "");
                    var away = Listener.at(first, key, "")) {
                send(cluster, 300);
                hasHeard(api, here);
                hasHeard(api, there);
                hasHeard(api, away);
                away.leave();
                send(cluster, 200);
                hasHeard(api, here);
                // A control: whoever has not heard all is told apart.
                assertThat(told(away.months())).isNotEqualTo(told(here.months()));

                try (var back = away.goOnAt(second, key, "")) {
                    hasHeard(api, back);
                    assertThat(back.names()).as("it went on").doesNotContain("reset");
                    cluster.instance(0).kill();
                    try (var moved = here.goOnAt(second, key, "")) {
                        send(cluster, 200);
                        hasHeard(api, moved);
                        assertThat(moved.names()).as("it went on").doesNotContain("reset");
                        hasHeard(api, back);
                        hasHeard(api, there);
                    }
                }
            }
        }
    }

    private void send(ServeCluster cluster, int events) throws Exception {
        try (var producers = new Producers(cluster.kafka(), cluster.registry())) {
            for (int i = 0; i < events; i++) {
                SpecificRecordBase event = traffic.next();
                months.add(event.get("external_customer_id") + " "
                        + event.get("occurred_at").toString().substring(0, 7));
                producers.send(event, Placing.JAVA, at -> {});
            }
            producers.flush();
        }
    }

    /** What it was told last of each month is what is answered of it. */
    private void hasHeard(Api api, Listener listener) {
        // A customer is not known, and a partition not answered for, before its events are counted somewhere.
        await().atMost(SOON)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IllegalStateException.class)
                .untilAsserted(() -> assertThat(told(listener.months())).isEqualTo(answered(api)));
    }

    private Map<String, JsonNode> answered(Api api) throws Exception {
        var answered = new TreeMap<String, JsonNode>();
        for (String month : months) {
            String customer = month.substring(0, month.length() - 8);
            answered.put(
                    month,
                    api.json("/api/v1/customers/" + Api.encoded(customer) + "/usage?timezone=UTC&period="
                            + month.substring(month.length() - 7)));
        }
        return told(answered);
    }

    private static Map<String, JsonNode> told(Map<String, JsonNode> months) {
        var told = new TreeMap<String, JsonNode>();
        months.forEach((name, month) -> {
            told.put(name, ((ObjectNode) month.deepCopy()).retain(TOLD));
        });
        return told;
    }
}
