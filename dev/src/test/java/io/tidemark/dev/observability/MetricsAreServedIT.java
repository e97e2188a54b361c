package io.tidemark.dev.observability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Placed;
import io.tidemark.dev.fixtures.ServeCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each expression of the alert rules and of the board asks for metrics and labels that two instances serve which counted, refused and
 * were asked; and what they serve is named by Prometheus' conventions and names nobody.
 */
@Timeout(400)
class MetricsAreServedIT {
    private static final String TENANT = "tenant-that-no-metric-names";
    private static final String CUSTOMER = "customer-that-no-metric-names";
    private static final String METER = "meter_that_no_metric_names";

    /** Micrometer looks once a minute whether Kafka's clients have new ones. */
    private static final Duration UNTIL_ALL_ARE_SEEN = Duration.ofSeconds(150);

    /**
     * What no series has until something goes wrong that cannot be made to, here; the metric and the label are those of other
     * statuses, which are asked for.
     */
    private static final Set<String> GOES_WRONG_SELDOM = Set.of("status=~\"5..\"", "status=\"429\"");

    @TempDir
    private Path directory;

    /** The same for all sendings: another time is another content. */
    private final Instant now = Instant.now();

    @Test
    void whateverIsAskedFor() throws Exception {
        try (var cluster = ServeCluster.in(directory)) {
            String key = cluster.key(TENANT);
            Api first = cluster.instance(0).api(key);
            Api second = cluster.join().api(key);
            use(first, second, cluster);
            List<Watched> watched = Watched.all();
            assertThat(watched).hasSizeGreaterThan(70);
            await().atMost(UNTIL_ALL_ARE_SEEN)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() ->
                            assertThat(faults(watched, served(first, second))).isEmpty());
            Map<String, Long> met = fates(first, second);
            assertThat(met.getOrDefault("read", 0L) - met.getOrDefault("rekeyed", 0L))
                    .as("control: it happened: %s", met)
                    .isEqualTo(4);
            namesNobodyAndAllByConvention(first);
            namesNobodyAndAllByConvention(second);
        }
    }

    /** Counted, a duplicate, a conflict, rejected; asked of each instance. */
    private void use(Api api, Api other, ServeCluster cluster) throws Exception {
        send(api, 1);
        send(api, 1);
        send(api, 2);
        try (var placed = new Placed(cluster.kafka(), "none")) {
            placed.send("tidemark.requests", 0, (TENANT + "/" + CUSTOMER).getBytes(UTF_8), "no event".getBytes(UTF_8));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(fates(api, other))
                        .containsEntry("counted", 1L)
                        .containsEntry("duplicate", 1L)
                        .containsEntry("conflict", 1L)
                        .containsEntry("rejected", 1L));
        for (int instance : List.of(0, 1)) {
            Api asked = cluster.instance(instance).api("");
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(asked.values("tidemark_peers{state=\"answering\"}")
                                    .values())
                            .hasSize(1)
                            .allMatch(others -> others.signum() > 0));
        }
        assertThat(api.get("/api/v1/customers/" + CUSTOMER + "/usage?period=1d").statusCode())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/usage/by-customer?period=1d").statusCode()).isEqualTo(200);
    }

    /** At whichever instance the customer's partition is counted by now. */
    private static Map<String, Long> fates(Api... instances) throws IOException, InterruptedException {
        var all = new HashMap<String, Long>();
        for (Api instance : instances) {
            instance.fates().forEach((fate, count) -> all.merge(fate, count, Long::sum));
        }
        return all;
    }

    private void send(Api api, int quantity) throws IOException, InterruptedException {
        String event = "{\"id\":\"e-1\",\"occurred_at\":\"" + now + "\",\"external_customer_id\":\"" + CUSTOMER
                + "\",\"meter\":\"" + METER + "\",\"quantity\":" + quantity + "}";
        assertThat(api.send("POST", "/api/v1/usage", event).statusCode()).isEqualTo(202);
    }

    private static Exposition served(Api... instances) throws IOException, InterruptedException {
        var texts = new ArrayList<String>();
        for (Api instance : instances) {
            texts.add(instance.get("/metrics").body());
        }
        return Exposition.scraped(texts, Scraping.read().labels());
    }

    private static List<String> faults(List<Watched> watched, Exposition served) {
        return watched.stream()
                .flatMap(one -> one.faults(served, GOES_WRONG_SELDOM).stream())
                .toList();
    }

    private static void namesNobodyAndAllByConvention(Api instance) throws IOException, InterruptedException {
        String metrics = instance.get("/metrics").body();
        assertThat(metrics).doesNotContain(TENANT, CUSTOMER, METER);
        assertThat(Naming.faults(Exposition.read(metrics))).isEmpty();
    }
}
