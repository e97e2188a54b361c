package io.tidemark.benchmarks;

import io.confluent.kafka.serializers.KafkaAvroSerializer;
import io.tidemark.events.RequestEvent;
import io.tidemark.schemas.AvroTrust;
import io.tidemark.schemas.EventKey;
import io.tidemark.schemas.Topics;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Request events, ready to be sent: of the last ten minutes as live traffic is, or of longer; some customers far busier than others (the
 * n-th has a share of 1/n). The same for the same seed and time.
 */
final class Load {
    private static final int CUSTOMERS = 10_000;
    /** Live traffic. */
    static final Duration MINUTES_BACK = Duration.ofMinutes(10);

    private static final String TOPIC =
            Topics.withPrefix("tidemark.").requests().name();

    private final SplittableRandom random;
    private final double[] shares = cumulatedShares();
    private final String tenant;

    private final long millisBack;

    Load(long seed, String tenant) {
        this(seed, tenant, MINUTES_BACK);
    }

    /** @param back how long ago the oldest events occurred */
    Load(long seed, String tenant, Duration back) {
        this.random = new SplittableRandom(seed);
        this.tenant = tenant;
        this.millisBack = back.toMillis();
    }

    private static double[] cumulatedShares() {
        double[] shares = IntStream.rangeClosed(1, CUSTOMERS)
                .mapToDouble(rank -> 1.0 / rank)
                .toArray();
        for (int i = 1; i < CUSTOMERS; i++) {
            shares[i] += shares[i - 1];
        }
        return shares;
    }

    List<ProducerRecord<byte[], byte[]>> encoded(int events, Instant now, String registry) {
        AvroTrust.establish();
        try (var serializer = new KafkaAvroSerializer()) {
            serializer.configure(Map.of("schema.registry.url", registry, "auto.register.schemas", false), false);
            var records = new ArrayList<ProducerRecord<byte[], byte[]>>(events);
            for (int i = 0; i < events; i++) {
                RequestEvent event = next(now);
                byte[] key = new EventKey(tenant, event.getExternalCustomerId()).bytes();
                records.add(new ProducerRecord<>(TOPIC, key, serializer.serialize(TOPIC, event)));
            }
            return records;
        }
    }

    private RequestEvent next(Instant now) {
        return RequestEvent.newBuilder(SampleEvents.request())
                .setId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenantId(tenant)
                .setExternalCustomerId("customer_" + customer())
                .setOccurredAt(now.minusMillis(random.nextLong(millisBack)))
                .setInputTokens(random.nextInt(4_000))
                .setOutputTokens(random.nextInt(1_000))
                .setCachedInputTokens(0)
                .setCredits(BigDecimal.valueOf(random.nextLong(3_000_000_000L), 9))
                .setCost(BigDecimal.valueOf(random.nextLong(10_000_000L), 9))
                .build();
    }

    private int customer() {
        int at = Arrays.binarySearch(shares, random.nextDouble(shares[CUSTOMERS - 1]));
        return at < 0 ? -at - 1 : at;
    }
}
