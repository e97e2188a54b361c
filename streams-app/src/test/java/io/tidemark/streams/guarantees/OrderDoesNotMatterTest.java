package io.tidemark.streams.guarantees;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.fixtures.Wire;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderDoesNotMatterTest {
    private static final Instant NOW = Instant.parse("2026-11-01T03:30:00Z");
    private static final int EVENTS = 300;

    private final Scenario scenario = new Scenario(TimeRule.DEFAULT, Retention.DEFAULT, NOW, Duration.ZERO);

    @Test
    void givesTheSameTotalsForTheSameEventsInAnyOrder() {
        List<CustomerUsage> inOrder = totals(0, false);

        assertThat(inOrder).isNotEmpty();
        for (long shuffle = 1; shuffle <= 6; shuffle++) {
            assertThat(totals(shuffle, false)).as("shuffle %d", shuffle).isEqualTo(inOrder);
        }
    }

    @Test
    void givesTheSameTotalsWhenEverySecondEventHasToWait() {
        assertThat(totals(3, true)).isEqualTo(totals(0, false));
    }

    /** The totals of the same events and their exact repeats, shuffled by that seed; 0 leaves them in order. */
    private List<CustomerUsage> totals(long shuffle, boolean waiting) {
        try (var scratch = new Scratch();
                var machine = new Machine(scratch.directory(), NOW)) {
            List<Sent> events = events(machine.wire);
            if (shuffle > 0) {
                Collections.shuffle(events, new Random(shuffle));
            }
            for (int i = 0; i < events.size(); i++) {
                machine.wire.away(waiting && i % 2 == 0);
                Sent sent = events.get(i);
                machine.append(sent.toUsage(), sent.key(), sent.value(), NOW.plusMillis(i));
            }
            machine.wire.away(false);
            machine.pass(Duration.ofSeconds(1));
            return answers(machine);
        }
    }

    private List<Sent> events(Wire wire) {
        var producers = new Producers(new Random(7), scenario, wire);
        var events = new ArrayList<Sent>();
        var identities = new HashSet<List<String>>();
        while (events.size() < EVENTS) {
            Sent sent = producers.next(NOW);
            Told told = sent.told();
            if (told != null && isInReach(told) && identities.add(told.identity())) {
                events.add(sent);
                if (events.size() % 10 == 0) {
                    events.add(sent);
                }
            }
        }
        return events;
    }

    /** Far from the bounds of the time rule, so that a few milliseconds of append time decide nothing. */
    private static boolean isInReach(Told told) {
        long back = Producers.micros(NOW) - told.occurredMicros;
        return back > 0 && back < Duration.ofDays(34).toNanos() / 1_000;
    }

    private static List<CustomerUsage> answers(Machine machine) {
        var answers = new ArrayList<CustomerUsage>();
        var asked = new Period(NOW.minus(Duration.ofDays(30)), NOW.plus(Duration.ofMinutes(10)));
        for (String tenant : Names.TENANTS) {
            for (String customer : Names.CUSTOMERS) {
                if (machine.usage().ofCustomer(tenant, customer, asked, Wait.NOT)
                        instanceof Answer.Found<CustomerUsage> found) {
                    CustomerUsage used = found.value();
                    answers.add(new CustomerUsage(
                            tenant + "/" + customer,
                            used.period(),
                            used.requests(),
                            used.all(),
                            used.meters(),
                            new io.tidemark.streams.reading.Freshness(Instant.EPOCH, List.of(), "")));
                }
            }
        }
        return answers;
    }
}
