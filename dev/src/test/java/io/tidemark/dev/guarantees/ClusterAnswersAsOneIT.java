package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Producers;
import io.tidemark.dev.fixtures.Producers.Placing;
import io.tidemark.dev.fixtures.ServeCluster;
import io.tidemark.dev.fixtures.Traffic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two instances that share the partitions, without copies, so that each has half of what there is: asked at either, every read endpoint answers
 * what one instance answered when it was alone, to the last byte but for how fresh it is.
 */
@NullMarked
@Timeout(300)
class ClusterAnswersAsOneIT {
    private static final int EVENTS = 2_000;
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    @TempDir
    private Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private final String period = "from=" + now.truncatedTo(ChronoUnit.DAYS).minus(20, ChronoUnit.DAYS) + "&to="
            + now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);

    @Test
    void whicheverIsAsked() throws Exception {
        try (var cluster = ServeCluster.in(directory, "--standbys", "0")) {
            String key = cluster.key("acme");
            Api first = cluster.instance(0).api(key);
            send(cluster, first);
            Map<String, JsonNode> alone = everything(first);
            // Without copies, and before anybody knows anybody: control that each has but a part.
            Api second = cluster.join().api(key);
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(shares(first, second)).doesNotContain(0, 12));
            System.err.println("partitions counted by each instance: " + shares(first, second));
            for (Api api : List.of(first, second)) {
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> api.json(all("limit=1")).get("complete").asBoolean());
                Map<String, JsonNode> shared = everything(api);
                assertThat(shared.keySet()).isEqualTo(alone.keySet());
                alone.forEach((path, answer) -> assertThat(shared.get(path))
                        .as("seed %d: %s", SEED, path)
                        .isEqualTo(answer));
            }
            System.err.println("measured: answers compared at each of two instances: " + alone.size());
        }
    }

    private static List<Integer> shares(Api... apis) throws Exception {
        var shares = new ArrayList<Integer>();
        for (Api api : apis) {
            shares.add(api.records().size() / 3);
        }
        return shares;
    }

    private void send(ServeCluster cluster, Api api) throws Exception {
        var traffic = new Traffic(SEED, "acme", now, Duration.ofDays(19));
        Set<CharSequence> customers = new HashSet<>();
        try (var producers = new Producers(cluster.kafka(), cluster.registry())) {
            for (int i = 0; i < EVENTS; i++) {
                SpecificRecordBase event = traffic.next();
                customers.add((CharSequence) event.get("external_customer_id"));
                producers.send(event, Placing.JAVA, at -> {});
            }
            producers.flush();
        }
        await().atMost(Duration.ofMinutes(1))
                .until(() -> api.fates().getOrDefault("counted", 0L) >= EVENTS / 2
                        && api.fates().getOrDefault("read", 0L) >= EVENTS
                        && api.json("/api/v1/customers?per_page=1")
                                        .at("/meta/total")
                                        .asLong()
                                == customers.size());
    }

    /** Every read endpoint with every parameter that it has, by path; how fresh it is left out. */
    private Map<String, JsonNode> everything(Api api) throws Exception {
        var answers = new LinkedHashMap<String, JsonNode>();
        JsonNode customers = answer(api, "/api/v1/customers?per_page=100", answers);
        answer(api, "/api/v1/customers?sort_by=external_id&sort_dir=asc&page=2&per_page=7", answers);
        for (JsonNode customer : customers.get("data")) {
            String external = Api.encoded(customer.get("external_id").asText());
            answer(api, "/api/v1/customers/" + external + "/usage?" + period, answers);
            answer(api, "/api/v1/customers/" + customer.get("id").asText() + "/usage?" + period, answers);
            answer(api, "/v1/customer-by-external-id/" + external, answers);
            answer(api, "/v1/customers/by-external-id?external_id=" + external, answers);
        }
        for (String sort :
                List.of("credits", "requests", "external_id", "cost&currency=USD", "quantity&meter=requests")) {
            for (String direction : List.of("asc", "desc")) {
                pages(api, "sort_by=" + sort + "&sort_dir=" + direction + "&limit=7", answers);
            }
        }
        answer(api, all("limit=1000"), answers);
        answer(api, all("limit=1000&include_inactive=true"), answers);
        return answers;
    }

    private String all(String parameters) {
        return "/api/v1/usage/by-customer?" + period + "&" + parameters;
    }

    private void pages(Api api, String query, Map<String, JsonNode> answers) throws Exception {
        String cursor = "";
        for (int page = 0; page == 0 || !cursor.isEmpty(); page++) {
            JsonNode answer = Api.parsed(api.get(all(query) + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .body());
            cursor = answer.at("/meta/next_cursor").asText("").replace("null", "");
            keep(query + " page " + page, answer, answers);
        }
    }

    private static JsonNode answer(Api api, String path, Map<String, JsonNode> answers) throws Exception {
        JsonNode answer = Api.parsed(api.get(path).body());
        keep(path, answer, answers);
        return answer;
    }

    /** The cursor holds the position of the first page. */
    private static void keep(String path, JsonNode answer, Map<String, JsonNode> answers) {
        var kept = (ObjectNode) answer.deepCopy();
        kept.remove(List.of("as_of", "position", "request_id"));
        if (kept.get("meta") instanceof ObjectNode meta && meta.hasNonNull("next_cursor")) {
            meta.put("next_cursor", "more");
        }
        answers.put(path, kept);
    }
}
