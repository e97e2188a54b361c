package io.tidemark.streams.guarantees;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.events.RequestEvent;
import io.tidemark.streams.event.Fate;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountedOnceTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Period ALL =
            new Period(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2028-01-01T00:00:00Z"));

    private final Scratch scratch = new Scratch();
    private final Machine machine = new Machine(scratch.directory(), NOW);

    @AfterEach
    void stop() {
        machine.close();
        scratch.close();
    }

    @Test
    void countsARepeatOnceWhateverTimeItBears() {
        machine.append(event("r1").build(), NOW);
        machine.append(event("r1").build(), NOW.plusSeconds(1));
        machine.append(event("r1").setOccurredAt(NOW.minusSeconds(30)).build(), NOW.plusSeconds(2));
        machine.append(event("r1").setSource("").build(), NOW.plusSeconds(3));
        machine.append(event("r1").build(), NOW.plus(Duration.ofDays(34)));

        assertThat(counted()).isEqualTo(1);
        assertThat(of(Fate.DUPLICATE)).isEqualTo(4);
        assertThat(machine.rejected()).isEmpty();
    }

    @Test
    void countsAnIdOnceWhenItComesAgainWithOtherContent() {
        machine.append(event("r1").setCredits(amount("1")).build(), NOW);
        machine.append(event("r1").setCredits(amount("2")).build(), NOW.plusSeconds(1));
        machine.append(usage("r1", "c1", NOW, "5").build(), NOW.plusSeconds(2));

        CustomerUsage used = used();
        assertThat(used.all().count()).isEqualTo(1);
        assertThat(used.all().credits()).isEqualByComparingTo("1");
        assertThat(of(Fate.CONFLICT)).isEqualTo(2);
        assertThat(machine.rejected()).hasSize(2);
    }

    @Test
    void countsTheSameIdOfAnotherSourceCustomerOrTenant() {
        machine.append(event("r1").build(), NOW);
        machine.append(event("r1").setSource("s").build(), NOW);
        machine.append(event("r1").setExternalCustomerId("c2").build(), NOW);
        machine.append(event("r1").setTenantId("other").build(), NOW);

        assertThat(counted()).isEqualTo(2);
        assertThat(of(Fate.COUNTED)).isEqualTo(4);
    }

    @Test
    void countsAnEventThatWaitedForTheRegistryOnceThoughItsCopyDidNot() {
        machine.wire.away(true);
        for (int day = 0; day < 34; day++) {
            machine.append(event("r" + day).build(), NOW.plus(Duration.ofHours(day)));
        }
        machine.wire.away(false);
        for (int day = 0; day < 34; day++) {
            machine.append(event("r" + day).build(), NOW.plus(Duration.ofDays(day)));
            assertThat(of(Fate.PARKED)).isEqualTo(34);
        }
        machine.pass(Duration.ofSeconds(1));

        assertThat(of(Fate.PARKED)).isZero();
        assertThat(counted()).isEqualTo(34);
    }

    @Test
    void isNotHarmedByOneEventDatedTenYearsAhead() {
        machine.append(event("r1").build(), NOW);
        machine.append(
                event("r2").setOccurredAt(NOW.plus(Duration.ofDays(3_652))).build(), NOW);
        machine.append(event("r1").build(), NOW.plusSeconds(1));
        machine.append(event("r3").setOccurredAt(NOW.minus(Duration.ofDays(34))).build(), NOW.plusSeconds(2));
        machine.pass(Duration.ofSeconds(2));

        assertThat(counted()).isEqualTo(2);
        assertThat(of(Fate.DUPLICATE)).isEqualTo(1);
        assertThat(of(Fate.REJECTED)).isEqualTo(1);
    }

    private static RequestEvent.Builder event(String id) {
        return request(id, "c1", NOW);
    }

    private long counted() {
        return used().all().count();
    }

    private CustomerUsage used() {
        var answer = machine.usage().ofCustomer(TENANT, "c1", ALL, Wait.NOT);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<CustomerUsage>) answer).value();
    }

    private long of(Fate fate) {
        return machine.progress().stream().mapToLong(one -> one.count(fate)).sum();
    }
}
