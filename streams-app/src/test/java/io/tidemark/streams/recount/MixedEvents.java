package io.tidemark.streams.recount;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;

import io.tidemark.events.RequestEvent;
import io.tidemark.events.UsageEvent;
import io.tidemark.schemas.EventKey;
import io.tidemark.streams.event.EventKind;
import io.tidemark.streams.event.Origin;
import io.tidemark.streams.event.Source;
import io.tidemark.streams.fixtures.Wire;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A seed's records of some days: good ones, repeats with the same and with other time, conflicts, late ones, and those that break a rule. */
@NullMarked
final class MixedEvents {
    static final Instant BEGIN = Instant.parse("2026-10-28T06:00:00Z");
    static final Duration LASTING = Duration.ofDays(5);
    static final RecountQuestion ALL = new RecountQuestion(
            TENANT, java.util.Optional.empty(), Instant.parse("2026-09-20T00:00:00Z"), BEGIN.plus(Duration.ofDays(7)));

    private static final List<String> CUSTOMERS = List.of("ann", "bob", "c/d", "größe");
    private static final List<String> METERS = List.of("storage", "gpu.seconds");
    private static final List<String> CURRENCIES = List.of("USD", "EUR");
    private static final BigDecimal LARGE = new BigDecimal("9223372036.854775807");

    private final Random random;
    private final int partitions;
    private final Wire wire = new Wire();
    private final List<Appended> appended = new ArrayList<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<Origin, SpecificRecordBase> sent = new HashMap<>();
    private Instant clock = BEGIN;

    /**
     * A record, and what it says.
     *
     * @param good whether it keeps every rule
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way; nobody compares two of these
    record Appended(Origin origin, byte[] key, byte @Nullable [] value, Told told, boolean good) {}

    /**
     * What an event says.
     *
     * @param content all of it but identity and time
     */
    record Told(
            String customer,
            String identity,
            EventKind kind,
            String meter,
            String currency,
            Instant occurred,
            List<BigInteger> amounts,
            String content) {}

    /** @param partitions of each topic: one in three records is in another than its customer's */
    MixedEvents(long seed, int partitions, int count) {
        random = new Random(seed);
        this.partitions = partitions;
        // The ids of the schemas, whoever makes the events.
        wire.frame(request("first").build());
        wire.frame(usage("first").build());
        for (int i = 0; i < count; i++) {
            clock = clock.plusMillis((long) (LASTING.toMillis() / count * 2 * random.nextDouble()));
            next(i);
        }
    }

    List<Appended> all() {
        return appended;
    }

    Wire wire() {
        return wire;
    }

    private void next(int i) {
        switch (random.nextInt(12)) {
            case 0 -> again(false, false);
            case 1 -> again(true, false);
            case 2 -> again(false, true);
            case 3 -> broken("e" + i);
            case 4 -> garbage();
            default ->
                add(
                        random.nextInt(5) < 2
                                ? usage("e" + i).build()
                                : request("e" + i).build(),
                        true);
        }
    }

    /** An event that was sent before, as it was, at another time, or with other content. */
    private void again(boolean otherTime, boolean otherContent) {
        if (appended.isEmpty()) {
            return;
        }
        Appended before = appended.get(appended.size() - 1 - random.nextInt(Math.min(appended.size(), 200)));
        SpecificRecordBase event = sent.get(before.origin());
        if (event == null || !before.good()) {
            return;
        }
        if (event instanceof RequestEvent request) {
            var copy = RequestEvent.newBuilder(request);
            copy.setOccurredAt(otherTime ? occurred() : request.getOccurredAt());
            copy.setInputTokens(request.getInputTokens() + (otherContent ? 1 + random.nextInt(3) : 0));
            add(copy.build(), true);
        } else if (event instanceof UsageEvent used) {
            var copy = UsageEvent.newBuilder(used);
            copy.setOccurredAt(otherTime ? occurred() : used.getOccurredAt());
            copy.setMeter(otherContent ? pick(METERS) : used.getMeter());
            add(copy.build(), true);
        }
    }

    private void broken(String id) {
        switch (random.nextInt(5)) {
            case 0 -> add(request(id).setOutputTokens(-1 - random.nextInt(5)).build(), false);
            case 1 ->
                add(
                        request(id)
                                .setOccurredAt(clock.minus(Duration.ofDays(35)).minusSeconds(61))
                                .build(),
                        false);
            case 2 ->
                add(
                        usage(id)
                                .setOccurredAt(clock.plus(Duration.ofMinutes(5)).plusSeconds(61))
                                .build(),
                        false);
            case 3 -> add(usage(id).setCost(amount("1.5")).setCurrency(null).build(), false);
            default -> add(usage(id).setMeter("no meter").build(), false);
        }
    }

    private void garbage() {
        SpecificRecordBase event = request("garbage").build();
        byte[] value = random.nextBoolean() ? null : new byte[] {0, 0, 0, 0, 1, 2};
        append(event, value, false);
    }

    private RequestEvent.Builder request(String id) {
        boolean costs = random.nextBoolean();
        return RequestEvent.newBuilder()
                .setId(id)
                .setTenantId(TENANT)
                .setExternalCustomerId(pick(CUSTOMERS))
                .setOccurredAt(occurred())
                .setInputTokens(random.nextInt(1_000))
                .setOutputTokens(random.nextInt(1_000))
                .setCachedInputTokens(random.nextInt(10))
                .setReasoningTokens(random.nextInt(10))
                .setCredits(some())
                .setCost(costs ? some() : amount("0"))
                .setCurrency(costs ? pick(CURRENCIES) : null);
    }

    private UsageEvent.Builder usage(String id) {
        boolean costs = random.nextBoolean();
        return UsageEvent.newBuilder()
                .setId(id)
                .setSource(random.nextInt(3) == 0 ? "batch" : null)
                .setTenantId(TENANT)
                .setExternalCustomerId(pick(CUSTOMERS))
                .setOccurredAt(occurred())
                .setMeter(pick(METERS))
                .setQuantity(some())
                .setCredits(amount("0"))
                .setCost(costs ? some() : amount("0"))
                .setCurrency(costs ? pick(CURRENCIES) : null);
    }

    private BigDecimal some() {
        return switch (random.nextInt(6)) {
            case 0 -> LARGE;
            case 1 -> LARGE.negate();
            case 2 -> amount("12345678901234567890.5");
            default -> BigDecimal.valueOf(1 + random.nextInt(1_000_000), 9);
        };
    }

    /** Mostly just now, sometimes days ago. */
    private Instant occurred() {
        Duration back = random.nextInt(4) == 0
                ? Duration.ofMinutes(random.nextInt(34 * 24 * 60))
                : Duration.ofSeconds(random.nextInt(600));
        return clock.minus(back).truncatedTo(ChronoUnit.MICROS);
    }

    private void add(SpecificRecordBase event, boolean good) {
        append(event, wire.frame(event), good);
    }

    private void append(SpecificRecordBase event, byte @Nullable [] value, boolean good) {
        Told told = told(event);
        byte[] key = new EventKey(TENANT, told.customer()).bytes();
        int partition = random.nextInt(3) == 0 ? random.nextInt(partitions) : EventKey.partition(key, partitions);
        Source topic = event instanceof UsageEvent ? Source.USAGE : Source.REQUESTS;
        long offset = offsets.merge(topic + "-" + partition, 1L, Long::sum) - 1;
        boolean inReach = !told.occurred().isBefore(clock.minus(Duration.ofDays(35)))
                && !told.occurred().isAfter(clock.plus(Duration.ofMinutes(5)));
        var one = new Appended(
                new Origin(topic, partition, offset, clock.toEpochMilli()), key, value, told, good && inReach);
        appended.add(one);
        sent.put(one.origin(), event);
    }

    private static Told told(SpecificRecordBase event) {
        if (event instanceof UsageEvent usage) {
            List<BigInteger> amounts = List.of(
                    BigInteger.ONE, units(usage.getQuantity()), units(usage.getCredits()), units(usage.getCost()));
            return new Told(
                    usage.getExternalCustomerId(),
                    usage.getExternalCustomerId() + "|" + usage.getSource() + "|" + usage.getId(),
                    EventKind.USAGE,
                    usage.getMeter(),
                    currency(usage.getCost(), usage.getCurrency()),
                    usage.getOccurredAt(),
                    amounts,
                    "usage " + usage.getMeter() + amounts + usage.getCurrency());
        }
        var request = (RequestEvent) event;
        List<BigInteger> amounts = List.of(
                BigInteger.ONE,
                BigInteger.valueOf(request.getInputTokens()),
                BigInteger.valueOf(request.getOutputTokens()),
                BigInteger.valueOf(request.getCachedInputTokens()),
                BigInteger.valueOf(request.getReasoningTokens()),
                units(request.getCredits()),
                units(request.getCost()));
        return new Told(
                request.getExternalCustomerId(),
                request.getExternalCustomerId() + "|" + request.getSource() + "|" + request.getId(),
                EventKind.REQUEST,
                "requests",
                currency(request.getCost(), request.getCurrency()),
                request.getOccurredAt(),
                amounts,
                "request " + amounts + request.getCurrency());
    }

    private static String currency(BigDecimal cost, @Nullable String currency) {
        return cost.signum() == 0 || currency == null ? "" : currency;
    }

    private static BigInteger units(BigDecimal amount) {
        return amount.setScale(9).unscaledValue();
    }

    private <T> T pick(List<T> these) {
        return these.get(random.nextInt(these.size()));
    }
}
