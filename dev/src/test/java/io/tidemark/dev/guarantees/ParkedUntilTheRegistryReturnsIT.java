package io.tidemark.dev.guarantees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.dev.broker.EmbeddedBroker;
import io.tidemark.dev.fixtures.Api;
import io.tidemark.dev.fixtures.Comparison;
import io.tidemark.dev.fixtures.Framing;
import io.tidemark.dev.fixtures.Oracle;
import io.tidemark.dev.fixtures.Placed;
import io.tidemark.dev.fixtures.RejectedEvents;
import io.tidemark.dev.fixtures.TestRegistry;
import io.tidemark.events.RequestEvent;
import io.tidemark.query.http.Limits;
import io.tidemark.query.instance.Instance;
import io.tidemark.query.instance.InstanceSettings;
import io.tidemark.query.keys.KeyEntry;
import io.tidemark.query.keys.Scope;
import io.tidemark.schemas.EventKey;
import io.tidemark.streams.MeteringSettings;
import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.connecting.Connection;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The registry goes away just after a producer registered a new schema: events written with it wait, all others are
 * counted, and when it is back nothing is missing. {@code -Dtidemark.registry.away=PT3M} keeps it away for longer.
 */
@NullMarked
@Timeout(600)
class ParkedUntilTheRegistryReturnsIT {
    private static final Duration AWAY = Duration.parse(System.getProperty("tidemark.registry.away", "PT15S"));
    private static final String KEY = "0123456789abcdef-parked";
    private static final String TENANT = "demo";
    private static final String TOPIC = "tidemark.requests";
    private static final int PARTITIONS = 4;
    private static final int MANY = 1_500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Schema KNOWN = RequestEvent.getClassSchema();
    private static final Schema NEWER = withOneMoreField();

    @TempDir
    private Path directory;

    private final Oracle oracle = new Oracle();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    private EmbeddedBroker broker;
    private TestRegistry registry;
    private Instance instance;
    private Framing framing;
    private Placed placed;
    private int made;
    private long rekeyed;
    private long firstParked = Long.MAX_VALUE;

    @BeforeEach
    void start() throws InterruptedException {
        broker = EmbeddedBroker.start(directory.resolve("kafka"), 0);
        registry = registry(0);
        instance = instance(registry.url());
        framing = new Framing(registry.url())
                .register("tidemark.requests-value", KNOWN)
                .register("tidemark.requests-value", NEWER);
        placed = new Placed(broker.bootstrapServers(), "lz4");
    }

    private TestRegistry registry(int port) {
        return TestRegistry.start(directory.resolve("registry"), broker.bootstrapServers(), port);
    }

    @AfterEach
    void stop() {
        placed.close();
        instance.close();
        registry.close();
        broker.close();
    }

    @Test
    void whileOthersAreCountedAndNoneIsRejected() throws Exception {
        String url = registry.url();
        List<RequestEvent> waiting = new ArrayList<>();
        sendKnown();
        awaitFates(0, 0);
        registry.close();
        Instant wentAway = Instant.now();
        for (int i = 0; i < MANY; i++) {
            waiting.add(sendToWait(NEWER));
        }
        while (Instant.now().isBefore(wentAway.plus(AWAY.dividedBy(2)))) {
            sendKnown();
            mustWait(waiting.size());
        }
        instance.close();
        instance = instance(url);
        while (Instant.now().isBefore(wentAway.plus(AWAY))) {
            // An instance that starts now knows no schema yet, so these wait as well.
            waiting.add(sendToWait(KNOWN));
            mustWait(waiting.size());
        }
        registry = registry(URI.create(url).getPort());
        mustCount(waiting);

        for (RequestEvent event : waiting) {
            place(event, NEWER, 0);
        }
        awaitFates(0, waiting.size());
        assertThat(differences()).isEmpty();
        assertThat(RejectedEvents.read(broker.bootstrapServers())).isEmpty();
    }

    /** The control: the same events are rejected where the registry is there and does not know their schema. */
    @Test
    void butNotForASchemaThatTheRegistryDoesNotKnow() throws Exception {
        byte[] value = framing.frame(newer(event()));
        placed.send(TOPIC, 0, null, Framing.framed(424_242, Arrays.copyOfRange(value, 5, value.length)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(RejectedEvents.read(broker.bootstrapServers()))
                        .extracting(RejectedEvents.Rejection::reason)
                        .containsExactly("unknown_schema"));
        assertThat(api().fates()).containsEntry("counted", 0L);
    }

    private void sendKnown() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            RequestEvent event = event();
            place(event, KNOWN, i % 2);
            oracle.counts(event);
            rekeyed += i % 2;
        }
    }

    /** What is parked is in no answer, and none claims it; the rest is exact, and nothing is wrong with the instance. */
    private void mustWait(int parked) throws Exception {
        awaitFates(parked, 0);
        assertThat(differences()).isEmpty();
        assertThat(asOf().toEpochMilli()).isLessThan(firstParked);
        assertThat(api().get("/health/ready").statusCode()).isEqualTo(200);
    }

    private void mustCount(List<RequestEvent> waiting) throws Exception {
        Instant back = Instant.now();
        waiting.forEach(oracle::counts);
        awaitFates(0, 0);
        System.out.printf(
                "registry away %s: %d waited, all counted %d ms after it was back, %d others counted meanwhile%n",
                AWAY, waiting.size(), Duration.between(back, Instant.now()).toMillis(), oracle.size() - waiting.size());
        assertThat(differences()).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asOf()).isAfter(back));
    }

    /** Every other one is sent to a foreign partition, and goes on from there by its key, to wait where its customer is. */
    private RequestEvent sendToWait(Schema schema) throws InterruptedException {
        RequestEvent event = event();
        RecordMetadata at = place(event, schema, made % 2);
        rekeyed += made % 2;
        firstParked = Math.min(firstParked, at.timestamp());
        return event;
    }

    private RecordMetadata place(RequestEvent event, Schema schema, int away) throws InterruptedException {
        byte[] key = new EventKey(TENANT, event.getExternalCustomerId()).bytes();
        byte[] value = schema.equals(KNOWN) ? framing.frame(event) : framing.frame(newer(event));
        return placed.send(TOPIC, (EventKey.partition(key, PARTITIONS) + away) % PARTITIONS, key, value);
    }

    private RequestEvent event() {
        BigDecimal some = new BigDecimal(++made + ".000000001");
        return RequestEvent.newBuilder()
                .setId("e" + made)
                .setTenantId(TENANT)
                .setExternalCustomerId("c" + made % 10)
                .setOccurredAt(now)
                .setInputTokens(made)
                .setCredits(some)
                .setCost(some)
                .setCurrency("EUR")
                .build();
    }

    private static GenericRecord newer(RequestEvent event) {
        var record = new GenericData.Record(NEWER);
        for (Schema.Field field : KNOWN.getFields()) {
            record.put(field.name(), raw(event.get(field.name())));
        }
        record.put("region", "eu");
        return record;
    }

    /** A field as Avro writes it where no conversions are known. */
    private static @Nullable Object raw(@Nullable Object value) {
        if (value instanceof BigDecimal amount) {
            return ByteBuffer.wrap(amount.unscaledValue().toByteArray());
        }
        return value instanceof Instant time ? Math.multiplyExact(time.getEpochSecond(), 1_000_000L) : value;
    }

    private static Schema withOneMoreField() {
        var fields = new ArrayList<Schema.Field>();
        KNOWN.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
        fields.add(new Schema.Field("region", Schema.create(Schema.Type.STRING), null, ""));
        return Schema.createRecord(KNOWN.getName(), null, KNOWN.getNamespace(), false, fields);
    }

    private void awaitFates(long parked, long duplicate) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(api().fates())
                        .containsEntry("counted", (long) oracle.size())
                        .containsEntry("parked", parked)
                        .containsEntry("duplicate", duplicate)
                        .containsEntry("rejected", 0L)
                        .containsEntry("rekeyed", rekeyed)
                        .containsEntry("read", oracle.size() + parked + duplicate + rekeyed));
    }

    private List<String> differences() throws Exception {
        var differences = new ArrayList<String>();
        Instant from = now.minus(Duration.ofDays(1));
        Instant to = now.plus(Duration.ofMinutes(1));
        for (String customer : oracle.customers()) {
            differences.addAll(Comparison.differences(
                    customer, api().usage(customer, from, to), oracle.meters(customer, from, to)));
        }
        return differences;
    }

    private Instant asOf() throws Exception {
        return Instant.parse(
                api().json("/api/v1/usage/by-customer?period=1d").get("as_of").asText());
    }

    private Api api() {
        return new Api(instance.url(), KEY);
    }

    private Instance instance(String registryUrl) throws InterruptedException {
        var metering = new MeteringSettings(
                new Connection(broker.bootstrapServers(), registryUrl),
                "tidemark",
                "tidemark.",
                PARTITIONS,
                1,
                true,
                directory.resolve("state"),
                1,
                0,
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                TimeRule.DEFAULT,
                Retention.DEFAULT,
                Set.of(TENANT),
                true,
                Duration.ofSeconds(3));
        var keys = List.of(KeyEntry.ofKey(KEY, TENANT, Set.of(Scope.values())));
        var started =
                Instance.start(new InstanceSettings(metering, "127.0.0.1", 0, Limits.DEFAULT, keys), Clock.systemUTC());
        assertThat(started.awaitReady(PATIENCE)).isTrue();
        return started;
    }
}
