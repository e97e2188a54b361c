package io.tidemark.dev.chaos;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * Makes up events of both kinds: the same ones for the same seed, but for the time. Each customer's events come from one
 * producer, whose clock is right, or not.
 */
final class EventMaker {
    static final int CUSTOMERS = 120;
    private static final List<Duration> CLOCKS =
            List.of(Duration.ZERO, Duration.ofMinutes(-75), Duration.ofMinutes(4), Duration.ofSeconds(-20));
    /** More than events may be ahead, also when they are sent again at the end of the longest run. */
    private static final Duration FAR_AHEAD = Duration.ofHours(20);

    private static final List<String> METERS = List.of("storage_gb", "seats", "gpu-seconds");
    private static final List<String> CURRENCIES = List.of("USD", "EUR");

    private final Random random;
    private final Clock clock;
    private int made;

    EventMaker(long seed, Clock clock) {
        this.random = new Random(seed);
        this.clock = clock;
    }

    synchronized Made next() {
        made++;
        // Each customer has an event before any has two: whoever is asked for is known.
        int everybody = CUSTOMERS * Cluster.TENANTS.size();
        int who = made <= everybody ? made - 1 : random.nextInt(everybody);
        String tenant = Cluster.TENANTS.get(who / CUSTOMERS);
        int number = who % CUSTOMERS;
        boolean wrong = made > everybody && random.nextInt(200) == 0;
        int way = random.nextInt(20);
        var kind = wrong || way > 3 ? Made.Way.KAFKA : way == 0 ? Made.Way.KAFKA_ELSEWHERE : Made.Way.HTTP;
        Instant at = clock.instant()
                .plus(wrong ? FAR_AHEAD : CLOCKS.get(number % CLOCKS.size()))
                .truncatedTo(ChronoUnit.MICROS);
        return new Made(tenant, customer(number), event(tenant, customer(number), at), kind, !wrong);
    }

    static String customer(int number) {
        return "customer_" + number;
    }

    private SpecificRecordBase event(String tenant, String customer, Instant at) {
        return random.nextInt(3) == 0 ? usage(tenant, customer, at) : request(tenant, customer, at);
    }

    private RequestEvent request(String tenant, String customer, Instant at) {
        boolean costs = random.nextInt(4) > 0;
        @Nullable String currency = costs ? CURRENCIES.get(random.nextInt(CURRENCIES.size())) : null;
        return RequestEvent.newBuilder()
                .setId("r-" + made)
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(at)
                .setModel("gpt-" + random.nextInt(3))
                .setInputTokens(random.nextInt(20_000))
                .setOutputTokens(random.nextInt(5_000))
                .setCredits(decimal(3))
                .setCost(costs ? decimal(1) : zero())
                .setCurrency(currency)
                .build();
    }

    private UsageEvent usage(String tenant, String customer, Instant at) {
        return UsageEvent.newBuilder()
                .setId("u-" + made)
                .setTenantId(tenant)
                .setExternalCustomerId(customer)
                .setOccurredAt(at)
                .setMeter(METERS.get(random.nextInt(METERS.size())))
                .setQuantity(decimal(6))
                .setCredits(random.nextBoolean() ? zero() : decimal(2))
                .setCost(zero())
                .build();
    }

    /** A decimal of up to that many digits before the point and nine after it. */
    private BigDecimal decimal(int digits) {
        var text = new StringBuilder();
        for (int i = random.nextInt(digits) + 1; i > 0; i--) {
            text.append(random.nextInt(10));
        }
        text.append('.');
        for (int i = 0; i < 9; i++) {
            text.append(random.nextInt(10));
        }
        return new BigDecimal(text.toString());
    }

    private static BigDecimal zero() {
        return BigDecimal.ZERO.setScale(9);
    }
}
