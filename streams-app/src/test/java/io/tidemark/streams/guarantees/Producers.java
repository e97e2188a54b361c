package io.tidemark.streams.guarantees;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.guarantees.Scribe.Hand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Everybody who sends events, the careless and the confused too. */
final class Producers {
    private final Random random;
    private final Scenario scenario;
    private final Wire wire;
    private final Faulty faulty;
    private final List<Told> good = new ArrayList<>();
    private final Map<List<String>, Instant> born = new HashMap<>();
    private int ids;

    Producers(Random random, Scenario scenario, Wire wire) {
        this.random = random;
        this.scenario = scenario;
        this.wire = wire;
        this.faulty = new Faulty(random);
    }

    Sent next(Instant at) {
        return switch (random.nextInt(20)) {
            case 0 -> garbage(at);
            case 1 -> spoiled(at);
            case 2, 3, 4 -> again(at);
            default -> fresh(at);
        };
    }

    private Sent fresh(Instant at) {
        return said(event(at), at);
    }

    /** An event dated ten years ahead. */
    Sent ahead(Instant at) {
        Told told = event(at);
        told.occurredMicros = micros(at.plus(Duration.ofDays(3_652)));
        return said(told, at);
    }

    private Sent said(Told told, Instant at) {
        good.add(told);
        born.putIfAbsent(told.identity(), at);
        Hand hand = told.withheld.isEmpty()
                ? pick(List.of(Hand.TODAY, Hand.TODAY, Hand.REVERSED, Hand.LOOSE, Hand.FINE, Hand.LATER))
                : Hand.LOOSE;
        return framed(told, hand, at, Set.of());
    }

    private Sent spoiled(Instant at) {
        Told told = event(at);
        Set<String> reasons = faulty.spoil(told);
        // What was spoiled later may have mended what was spoiled before.
        Hand hand = told.withheld.isEmpty() ? Hand.FINE : Hand.LOOSE;
        if (hand == Hand.LOOSE && reasons.contains("too_precise")) {
            return fresh(at);
        }
        return framed(told, hand, at, Faults.of(told));
    }

    private Sent framed(Told told, Hand hand, Instant at, Set<String> faults) {
        byte[] value = wire.frame(Scribe.schema(told.usage, hand), Scribe.write(told, hand));
        return new Sent(told.usage, key(told), value, at, told, faults, true);
    }

    private byte[] key(Told told) {
        return switch (random.nextInt(10)) {
            case 0 -> new byte[0];
            case 1 -> "elsewhere".getBytes(UTF_8);
            default -> (told.tenant + "/" + told.customer).getBytes(UTF_8);
        };
    }

    private Told event(Instant at) {
        var told = new Told();
        told.usage = random.nextInt(5) < 2;
        told.tenant = Names.TENANTS.get(Math.min(random.nextInt(12), 4));
        told.customer = pick(Names.CUSTOMERS);
        told.source = random.nextInt(3) == 0 ? pick(Names.SOURCES) : null;
        told.id = "e" + ids++;
        told.occurredMicros = occurred(at);
        told.meter = pick(Names.METERS);
        fill(told);
        return told;
    }

    /** Draws all that an event says beyond its identity and time. */
    private void fill(Told told) {
        told.quantity = Figures.amount(random);
        told.credits = Figures.amount(random);
        told.cost = Figures.amount(random);
        told.currency = told.cost.signum() == 0 && random.nextBoolean() ? null : pick(Names.CURRENCIES);
        for (int i = 0; i < told.tokens.length; i++) {
            told.tokens[i] = Figures.tokens(random);
        }
        told.latency = random.nextBoolean() ? null : (long) random.nextInt(10_000);
        told.model = random.nextBoolean() ? null : "gpt-" + random.nextInt(5);
        told.labels = random.nextBoolean() ? Map.of() : Map.of("team", "t" + random.nextInt(3), "", "\uD83D\uDE00");
    }

    /** Mostly just now, often days ago, at the very bounds, and on the borders of pages. */
    private long occurred(Instant at) {
        long late = scenario.time().late().toSeconds();
        long now = micros(at);
        long early = scenario.time().early().toNanos() / 1_000;
        return switch (random.nextInt(24)) {
            case 0 -> now - late * 1_000_000;
            case 1 -> now - late * 1_000_000 - 1;
            case 2 -> now + early;
            case 3 -> now + early + 1;
            case 4 -> now - (late + random.nextInt(86_400 * 30)) * 1_000_000;
            case 5 -> now + random.nextInt(7_200) * 1_000_000L;
            case 6, 7 -> border(at, 60);
            case 8 -> border(at, 3_600);
            case 9 -> border(at, 86_400);
            case 10, 11, 12, 13, 14, 15 -> now - (long) (random.nextDouble() * late * 1_000_000);
            default -> now - random.nextInt(600_000_000);
        };
    }

    /** The last microsecond of a minute, hour or day, or the first of the next. */
    private long border(Instant at, long seconds) {
        long back = random.nextInt((int) scenario.time().late().toSeconds());
        return Math.floorDiv(at.getEpochSecond() - back, seconds) * seconds * 1_000_000 - random.nextInt(2);
    }

    /** An event that was sent before: as it was, at another time, with other content, or by somebody else. */
    private Sent again(Instant at) {
        if (good.isEmpty()) {
            return fresh(at);
        }
        Told first = good.get(good.size() - 1 - random.nextInt(Math.min(good.size(), 600)));
        Told told = first.copy();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> told.source = told.source == null && random.nextBoolean() ? "" : told.source;
            case 3, 4 -> told.occurredMicros = occurred(at);
            case 5 -> fill(told);
            case 6 -> told.usage = !told.usage;
            case 7 -> told.customer = pick(Names.CUSTOMERS);
            case 8 -> told.tenant = pick(Names.TENANTS);
            default -> told.source = pick(Names.SOURCES);
        }
        return isForeseeable(told, at) ? said(told, at) : fresh(at);
    }

    /** Whether the product must still know the first one, or could never take this one for it. */
    private boolean isForeseeable(Told told, Instant at) {
        Instant first = born.get(told.identity());
        return first == null
                || Duration.between(first, at).compareTo(scenario.reach().minusHours(1)) < 0
                || told.occurredMicros <= micros(first.plus(scenario.time().early()));
    }

    private Sent garbage(Instant at) {
        Told told = event(at);
        byte[] body = Scribe.write(told, Hand.TODAY);
        var schema = Scribe.schema(told.usage, Hand.TODAY);
        return switch (random.nextInt(9)) {
            case 0 -> bad(told, null, at, "null_value", false);
            case 1 -> bad(told, new byte[] {1, 2, 3, 4, 5, 6}, at, "not_framed", false);
            case 2 -> bad(told, new byte[random.nextInt(5)], at, "not_framed", false);
            case 3 -> bad(told, new byte[] {0, 0x7f, 0, 0, (byte) random.nextInt(100), 2}, at, "unknown_schema", true);
            case 4 ->
                bad(told, wire.frame(schema, Arrays.copyOf(body, random.nextInt(body.length))), at, "malformed", true);
            case 5 -> bad(told, wire.frame(schema, Arrays.copyOf(body, body.length + 1)), at, "malformed", true);
            case 6 -> {
                told.usage = !told.usage;
                yield bad(told, wire.frame(schema, body), at, "wrong_schema", true);
            }
            case 7 -> {
                byte[] homeless = Scribe.write(told, Hand.HOMELESS);
                yield bad(
                        told, wire.frame(Scribe.schema(told.usage, Hand.HOMELESS), homeless), at, "wrong_schema", true);
            }
            default -> bad(told, large(), at, "not_framed", false);
        };
    }

    private byte[] large() {
        byte[] bytes = new byte[random.nextInt(20) == 0 ? 256 * 1024 + random.nextInt(3) - 1 : 100];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private Sent bad(
            Told told,
            byte @org.jspecify.annotations.Nullable [] value,
            Instant at,
            String reason,
            boolean needsSchema) {
        return new Sent(told.usage, key(told), value, at, null, Set.of(reason), needsSchema);
    }

    private <T> T pick(List<T> these) {
        return these.get(random.nextInt(these.size()));
    }

    static long micros(Instant at) {
        return Duration.between(Instant.EPOCH, at).toNanos() / 1_000;
    }
}
