package io.tidemark.streams.guarantees;

import io.tidemark.streams.MeteringSettings.IdForm;
import io.tidemark.streams.MeteringSettings.Ids;
import io.tidemark.streams.MeteringSettings.PageCache;
import io.tidemark.streams.MeteringSettings.PageCache.Form;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Period;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/** One seed's run: weeks of events through the real topology, then every question put to it and to the oracle. */
final class Simulation implements AutoCloseable {
    private static final int PASSES_TO_THE_END = 12;

    private final Random random;
    private final Scenario scenario;
    private final Machine machine;
    private final Producers producers;
    private final Oracle oracle;
    private Instant clock;
    private Instant passedAt;
    private Instant awaySince;
    private boolean away;

    private Simulation(Path directory, long seed, IdForm ids, boolean oracleKnowsRepeats) {
        random = new Random(seed);
        scenario = Scenario.draw(random);
        clock = scenario.begin();
        passedAt = clock;
        awaySince = clock;
        machine = new Machine(directory, clock, scenario.time(), scenario.keep(), pages(seed), ids(seed, ids));
        producers = new Producers(random, scenario, machine.wire);
        oracle = new Oracle(scenario.time(), oracleKnowsRepeats);
    }

    /** Every third without memory for older ids. */
    private static Ids ids(long seed, IdForm form) {
        return new Ids(form, seed % 3 == 0 ? 0 : Ids.DEFAULT.memoryBytes());
    }

    /** In turn as they are held by default, in too little memory for three of them, and by Kafka Streams. */
    private static PageCache pages(long seed) {
        return switch (Math.floorMod(seed, 4)) {
            case 0 -> new PageCache(Form.STOCK, 1);
            case 1 -> new PageCache(Form.DECODED, 1_000);
            default -> PageCache.DEFAULT;
        };
    }

    /** What machine and oracle differ in by the hour, after each of that seed's first events; empty when they agree. */
    static List<String> differencesInHours(Path directory, long seed, int events) {
        try (var simulation = new Simulation(directory, seed, IdForm.BLOCKS, true)) {
            for (int i = 0; i < events; i++) {
                simulation.step(i);
                List<String> differences = simulation.compareHours();
                if (!differences.isEmpty()) {
                    return differences;
                }
            }
            return List.of();
        }
    }

    private List<String> compareHours() {
        var comparison =
                new Comparison(machine, oracle, new Calendar(scenario.begin(), oracle.newest(), scenario.keep()));
        comparison.hours();
        return comparison.differences();
    }

    /**
     * What machine and oracle differ in after that seed's events; empty when they agree.
     *
     * @param oracleKnowsRepeats false to see the comparison fail
     */
    static List<String> differences(Path directory, long seed, IdForm ids, boolean oracleKnowsRepeats) {
        try (var simulation = new Simulation(directory, seed, ids, oracleKnowsRepeats)) {
            for (int i = 0; i < Scenario.EVENTS; i++) {
                simulation.step(i);
            }
            return simulation.compare();
        }
    }

    private void step(int i) {
        clock = clock.plus(Duration.ofMillis((long) (scenario.pace().toMillis() * 2 * random.nextDouble())));
        comeAndGo();
        long skew = scenario.time().brokerSkew().toMillis();
        Instant at =
                random.nextInt(5) == 0 && skew > 0 ? clock.minusMillis((long) (random.nextDouble() * skew)) : clock;
        at = at.truncatedTo(ChronoUnit.MILLIS);
        Sent sent = i == Scenario.EVENTS / 3 ? producers.ahead(at) : producers.next(at);
        machine.append(sent.toUsage(), sent.key(), sent.value(), at);
        oracle.read(sent, away);
        if (random.nextInt(25) == 0 || Duration.between(passedAt, clock).compareTo(patience()) > 0) {
            pass();
        }
    }

    /** The registry goes away now and then, never for longer than ids are promised to outlast it. */
    private void comeAndGo() {
        boolean change = away
                ? random.nextInt(60) == 0 || Duration.between(awaySince, clock).compareTo(patience()) > 0
                : random.nextInt(300) == 0;
        if (change) {
            away = !away;
            awaySince = clock;
            machine.wire.away(away);
        }
    }

    private Duration patience() {
        return scenario.reach().dividedBy(6);
    }

    private void pass() {
        passedAt = clock;
        machine.pass(Duration.ofMillis(1_100));
        if (!away) {
            oracle.release();
        }
    }

    private List<String> compare() {
        away = false;
        machine.wire.away(false);
        for (int i = 0; i < PASSES_TO_THE_END; i++) {
            pass();
        }
        var calendar = new Calendar(scenario.begin(), oracle.newest(), scenario.keep());
        var comparison = new Comparison(machine, oracle, calendar);
        var rankings = new Rankings(machine, comparison, calendar);
        comparison.accounts();
        comparison.hours();
        comparison.rejections();
        comparison.customers().forEach((tenant, customers) -> {
            for (Period period : calendar.draw(random)) {
                customers.forEach(customer -> comparison.customer(tenant, customer, period));
                comparison.customer(tenant, "nobody", period);
                rankings.tenant(tenant, period, random);
            }
        });
        return comparison.differences();
    }

    @Override
    public void close() {
        machine.close();
    }
}
