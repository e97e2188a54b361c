package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Deployment;
import io.tidemark.dev.fixtures.Framing;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Placed;
import io.tidemark.dev.fixtures.RejectedEvents;
import io.tidemark.dev.fixtures.RejectedEvents.Rejection;
import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.EventKey;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of {@link Poison}, in both topics, in the customer's own partition and in a foreign one, good events before,
 * between and behind: no thread dies, each lies in {@code rejected-events} once, the rest is counted to the last digit.
 */
@NullMarked
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoisonIT {
    private static final int PARTITIONS = 12;
    private static final int FLOOD = Integer.getInteger("tidemark.poison.flood", 60);
    private static final List<String> COMPRESSIONS = List.of("gzip", "lz4", "zstd");

    private final Oracle oracle = new Oracle();
    private final List<Rejection> expected = new ArrayList<>();
    private final Random random = new Random(20261120);
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    private Path log;
    private Deployment dev;
    private Api api;
    private Framing framing;
    private int sentElsewhere;
    private int poisonElsewhere;
    private int made;

    @BeforeAll
    void send(@TempDir Path directory) throws Exception {
        log = directory.resolve("dev.log");
        dev = Deployment.start(directory.resolve("data"), ProcessBuilder.Redirect.to(log.toFile()));
        api = dev.api();
        framing = Poison.register(new Framing(dev.registry()));
        int which = 0;
        for (Poison poison : Poison.values()) {
            try (var placed = new Placed(dev.kafka(), COMPRESSIONS.get(which++ % COMPRESSIONS.size()))) {
                sendAround(placed, poison);
            }
            assertThat(api.get("/health/ready").statusCode()).as("%s", poison).isEqualTo(200);
        }
        try (var placed = new Placed(dev.kafka(), "none")) {
            sendLarge(placed);
        }
        try (var placed = Placed.inLargeBatches(dev.kafka())) {
            flood(placed);
        }
    }

    private void sendAround(Placed placed, Poison poison) throws InterruptedException {
        for (boolean toUsage : List.of(false, true)) {
            for (int away : List.of(0, 1)) {
                sendGood(placed, event(toUsage), away);
                SpecificRecordBase event = event(toUsage);
                byte @Nullable [] value = poison.value(framing, event, event(!toUsage));
                RecordMetadata at = placed.send(topic(toUsage), partition(event, away), poison.key(key(event)), value);
                expect(at, poison.reason, value);
                poisonElsewhere += away;
                sendGood(placed, event(toUsage), away);
            }
        }
    }

    /** As large as may be and nothing to compress; and with headers larger than that. */
    private void sendLarge(Placed placed) throws InterruptedException {
        for (boolean toUsage : List.of(false, true)) {
            for (int away : List.of(0, 1)) {
                sendGood(placed, Poison.labelled(event(toUsage), noise(1_047_000)), away);
            }
        }
        try (var packed = new Placed(dev.kafka(), "gzip")) {
            for (int away : List.of(0, 1)) {
                sendGood(packed, event(false), away, new RecordHeader("h", new byte[20 * Poison.MB]));
            }
        }
    }

    /** Many at once of a few kilobytes each, and of gigabytes together once they are unpacked. */
    private void flood(Placed placed) throws InterruptedException {
        SpecificRecordBase event = event(false);
        byte[] value = Objects.requireNonNull(Poison.EVENT_OF_20_MB.value(framing, event, event));
        for (RecordMetadata at : placed.sendMany(FLOOD, topic(false), 3, key(event), value)) {
            expect(at, Poison.EVENT_OF_20_MB.reason, value);
        }
        sendGood(placed, event(false), 0);
    }

    private void expect(RecordMetadata at, String reason, byte @Nullable [] value) {
        String truncated = value != null && value.length > 256 << 10 ? Integer.toString(value.length) : null;
        expected.add(new Rejection(at.topic() + "-" + at.partition() + "@" + at.offset(), reason, truncated));
    }

    private void sendGood(Placed placed, SpecificRecordBase event, int away, Header... headers)
            throws InterruptedException {
        placed.send(
                topic(event instanceof UsageEvent), partition(event, away), key(event), framing.frame(event), headers);
        oracle.counts(event);
        sentElsewhere += away;
    }

    private static String topic(boolean toUsage) {
        return toUsage ? "tidemark.usage" : "tidemark.requests";
    }

    private static byte[] key(SpecificRecordBase event) {
        return new EventKey(
                        event.get("tenant_id").toString(),
                        event.get("external_customer_id").toString())
                .bytes();
    }

    private static int partition(SpecificRecordBase event, int away) {
        return (EventKey.partition(key(event), PARTITIONS) + away) % PARTITIONS;
    }

    private String noise(int length) {
        return random.ints(length, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private SpecificRecordBase event(boolean usage) {
        String id = "e" + made++;
        String customer = "customer_" + made % 7;
        BigDecimal some = new BigDecimal(made + ".000000001");
        return usage
                ? UsageEvent.newBuilder()
                        .setId(id)
                        .setTenantId(dev.tenant())
                        .setExternalCustomerId(customer)
                        .setOccurredAt(now)
                        .setMeter("storage_gb")
                        .setQuantity(some)
                        .setCredits(some)
                        .setCost(some)
                        .setCurrency("EUR")
                        .build()
                : RequestEvent.newBuilder()
                        .setId(id)
                        .setTenantId(dev.tenant())
                        .setExternalCustomerId(customer)
                        .setOccurredAt(now)
                        .setInputTokens(made)
                        .setCredits(some)
                        .setCost(some)
                        .setCurrency("EUR")
                        .build();
    }

    @AfterAll
    void stop() {
        dev.close();
    }

    @Test
    void countsTheRestAndAccountsForEveryRecord() throws Exception {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(api.fates())
                        .containsEntry("counted", (long) oracle.size())
                        .containsEntry("rejected", (long) expected.size())
                        .containsEntry("duplicate", 0L)
                        .containsEntry("conflict", 0L)
                        .containsEntry("parked", 0L));
        Map<String, Long> all = api.fates();
        // Some whose schema was still being looked up went on before it was known that they are bad.
        long rekeyed = all.getOrDefault("rekeyed", 0L);
        assertThat(rekeyed).isBetween((long) sentElsewhere, (long) sentElsewhere + poisonElsewhere);
        assertThat(all).containsEntry("read", oracle.size() + expected.size() + rekeyed);
        api.records().forEach((partition, fates) -> {
            long sum = fates.values().stream().mapToLong(Long::longValue).sum();
            assertThat(2 * fates.getOrDefault("read", 0L)).as(partition).isEqualTo(sum);
        });
        var differences = new ArrayList<String>();
        Instant from = now.minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.MINUTES);
        Instant to = now.plus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MINUTES);
        for (String customer : oracle.customers()) {
            differences.addAll(
                    Comparison.differences(customer, api.usage(customer, from, to), oracle.meters(customer, from, to)));
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void liesInRejectedEventsOnceWithReasonAndCoordinates() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(RejectedEvents.read(dev.kafka())).hasSameSizeAs(expected));
        assertThat(RejectedEvents.read(dev.kafka())).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void killsNoThread() throws Exception {
        countsTheRestAndAccountsForEveryRecord();
        assertThat(api.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(Files.readString(log)).doesNotContain("ThreadReplacement", "OutOfMemoryError");
        Map<String, BigDecimal> threads = api.values("kafka_stream_failed_stream_threads");
        assertThat(threads)
                .isNotEmpty()
                .allSatisfy((name, failed) -> assertThat(failed).isZero());
    }
}
