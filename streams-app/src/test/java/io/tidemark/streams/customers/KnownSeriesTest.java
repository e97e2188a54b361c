package io.tidemark.streams.customers;

import static io.tidemark.streams.fixtures.Events.TENANT;
import static io.tidemark.streams.fixtures.Events.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class KnownSeriesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final int METERS = 3_000;

    /** One record of all series would outgrow what a changelog takes. */
    @Test
    void takesAsManyMetersAsThereAre(@TempDir Path directory) {
        try (var machine = new Machine(directory, NOW)) {
            for (int i = 0; i < METERS; i++) {
                machine.append(
                        usage("u" + i, "c1", NOW, "1").setMeter("meter-" + i).build(), NOW);
            }
            machine.append(usage("other", "c1x", NOW, "1").build(), NOW);
            var period = new Period(NOW, NOW.plus(1, ChronoUnit.MINUTES));

            var answer = machine.usage().ofCustomer(TENANT, "c1", period, Wait.NOT);

            assertThat(answer).isInstanceOf(Answer.Found.class);
            CustomerUsage used = ((Answer.Found<CustomerUsage>) answer).value();
            assertThat(used.meters()).hasSize(METERS);
            assertThat(used.all().count()).isEqualTo(METERS);
        }
    }
}
