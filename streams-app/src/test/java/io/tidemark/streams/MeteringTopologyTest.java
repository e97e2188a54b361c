package io.tidemark.streams;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.amount;
import static io.tidemark.streams.fixtures.Events.request;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class MeteringTopologyTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Period MONTH = new Period(NOW.minus(30, ChronoUnit.DAYS), NOW.plus(1, ChronoUnit.MINUTES));

    @TempDir
    private Path directory;

    private Machine machine;

    @BeforeEach
    void start() {
        machine = new Machine(directory, NOW);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    @Test
    void addsUpWhatACustomerUsed() {
        machine.append(
                request("r1", "c1", NOW.minus(Duration.ofDays(20)))
                        .setInputTokens(100)
                        .setOutputTokens(7)
                        .setCredits(amount("1.25"))
                        .setCost(amount("0.0042"))
                        .setCurrency("USD")
                        .build(),
                NOW);
        machine.append(request("r2", "c1", NOW).setInputTokens(1).build(), NOW);
        machine.append(usage("u1", "c1", NOW, "2.5").build(), NOW);

        CustomerUsage used = usageOf("c1");

        assertThat(used.requests()).isEqualTo(2);
        assertThat(used.all().count()).isEqualTo(3);
        assertThat(used.all().inputTokens()).isEqualTo(101);
        assertThat(used.all().credits()).isEqualByComparingTo("1.25");
        assertThat(used.all().cost()).containsOnlyKeys("USD");
        assertThat(used.all().cost().get("USD")).isEqualByComparingTo("0.0042");
        assertThat(used.meters()).hasSize(2);
        assertThat(used.meters().get(1).sums().quantity()).isEqualByComparingTo("2.5");
    }

    @Test
    void saysNothingOfACustomerNobodySaw() {
        assertThat(machine.usage().ofCustomer(TENANT, "nobody", MONTH, Wait.NOT))
                .isInstanceOf(Answer.NotFound.class);
    }

    @Test
    void saysThatACustomerOfTheDirectoryUsedNothing() {
        var answer = machine.usage((tenant, id) -> id.equals("new")).ofCustomer(TENANT, "new", MONTH, Wait.NOT);
        assertThat(answer).isInstanceOfSatisfying(Answer.Found.class, found -> {
            CustomerUsage used = (CustomerUsage) found.value();
            assertThat(used.requests()).isZero();
            assertThat(used.meters()).isEmpty();
            assertThat(used.freshness().complete()).isTrue();
        });
    }

    private CustomerUsage usageOf(String customer) {
        var answer = machine.usage().ofCustomer(TENANT, customer, MONTH, Wait.NOT);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<CustomerUsage>) answer).value();
    }
}
