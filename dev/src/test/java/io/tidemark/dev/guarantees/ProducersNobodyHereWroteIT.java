package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Compacted;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Deployment;
import io.tidemark.dev.fixtures.Feed;
import io.tidemark.dev.fixtures.NodeProducer;
import io.tidemark.dev.fixtures.NodeProducer.Sending;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Traffic;
import io.tidemark.events.UsageEvent;
import io.tidemark.events.UsageTotals;
import io.tidemark.schemas.EventKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kafkajs with its own serializer and both of its partitioners sends 4,000 events, some of them again and one to a partition
 * that is none of its customer's: every total is exact.
 */
@NullMarked
@Timeout(240)
class ProducersNobodyHereWroteIT {
    private static final int EVENTS = 2_000;
    private static final int REPEATED = 40;
    private static final int PARTITIONS = 12;
    private static final long SEED = Long.getLong("tidemark.seed", 20261120);

    private final Oracle oracle = new Oracle();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    @Test
    void areCountedToTheLastDigit(@TempDir Path directory) throws Exception {
        var node = NodeProducer.install(Path.of("target/js").toAbsolutePath());
        try (var deployment = Deployment.start(directory)) {
            var traffic = new Traffic(SEED, deployment.tenant(), now, Duration.ofDays(34));
            List<Sending> first = sendings(traffic);
            node.send(deployment.kafka(), deployment.registry(), "default", first);
            awaitFates(deployment, EVENTS, REPEATED);
            assertThat(deployment.api().fates())
                    .as("murmur2 as Java has it, but for the one that was told otherwise")
                    .containsEntry("rekeyed", 1L);
            node.send(deployment.kafka(), deployment.registry(), "legacy", sendings(traffic));
            awaitFates(deployment, 2 * EVENTS, 2 * REPEATED);
            assertThat(deployment.api().fates().get("rekeyed"))
                    .as("another placing of half of the keys")
                    .isGreaterThan(EVENTS / 4);
            comparesExactly(deployment);
        }
    }

    private void comparesExactly(Deployment deployment) throws Exception {
        assertThat(differences(deployment.api())).as("seed %d", SEED).isEmpty();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(untold(deployment)).as("seed %d", SEED).isEmpty());
        oracle.counts(new Traffic(1, deployment.tenant(), now, Duration.ofDays(1)).request("one more"));
        assertThat(differences(deployment.api()))
                .as("control: one event more would be seen")
                .isNotEmpty();
        assertThat(untold(deployment)).as("control: the same of the feed").isNotEmpty();
    }

    /** The last one is misplaced, and the first are sent again. */
    private List<Sending> sendings(Traffic traffic) {
        var events = new ArrayList<SpecificRecordBase>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(traffic.next());
        }
        events.forEach(oracle::counts);
        var sendings = new ArrayList<Sending>();
        events.subList(0, EVENTS - 1).forEach(event -> sendings.add(sending(event, 0)));
        sendings.add(sending(events.get(EVENTS - 1), 1));
        sendings.addAll(List.copyOf(sendings.subList(0, REPEATED)));
        return sendings;
    }

    private static Sending sending(SpecificRecordBase event, int away) {
        var key = new EventKey(
                event.get("tenant_id").toString(),
                event.get("external_customer_id").toString());
        String topic = event instanceof UsageEvent ? "tidemark.usage" : "tidemark.requests";
        Integer partition = away == 0 ? null : (EventKey.partition(key.bytes(), PARTITIONS) + away) % PARTITIONS;
        return new Sending(topic, new String(key.bytes(), java.nio.charset.StandardCharsets.UTF_8), partition, event);
    }

    private static void awaitFates(Deployment deployment, long counted, long duplicate) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(deployment.api().fates())
                        .containsEntry("counted", counted)
                        .containsEntry("duplicate", duplicate)
                        .containsEntry("conflict", 0L)
                        .containsEntry("rejected", 0L)
                        .containsEntry("parked", 0L));
    }

    private List<String> differences(Api api) throws Exception {
        var differences = new ArrayList<String>();
        Instant from = now.truncatedTo(ChronoUnit.DAYS).minus(36, ChronoUnit.DAYS);
        Instant to = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            differences.addAll(
                    Comparison.differences(customer, api.usage(customer, from, to), oracle.meters(customer, from, to)));
        }
        return differences;
    }

    private List<String> untold(Deployment deployment) {
        YearMonth last = YearMonth.from(now.plus(1, ChronoUnit.DAYS).atZone(ZoneOffset.UTC));
        var feed =
                Compacted.latest(deployment.kafka(), deployment.registry(), "tidemark.usage-feed", UsageTotals.class);
        return Feed.differences(feed, deployment.tenant(), oracle, last.minusMonths(3), last);
    }
}
