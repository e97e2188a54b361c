package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.CustomerUsage;
import io.tidemark.streams.reading.MeterUsage;
import io.tidemark.streams.reading.Part;
import io.tidemark.streams.reading.Parts;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageSeries;
import io.tidemark.streams.reading.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each window is what the same span is by itself: of one customer and of all. */
@NullMarked
class SeriesReaderTest {
    private static final Instant NOW = Instant.parse("2026-10-20T12:00:00Z");
    private static final Instant BEGIN = NOW.minus(5, ChronoUnit.DAYS);
    private static final int MINUTES = 5 * 1_440;

    @TempDir
    private Path directory;

    private final Random random = new Random(20261129);
    private Machine machine;
    private Parts parts;

    @BeforeEach
    void count() {
        machine = new Machine(directory, NOW, TimeRule.DEFAULT, Retention.DEFAULT);
        parts = machine.parts(SeriesReader::new);
        for (int i = 0; i < 600; i++) {
            Instant at = BEGIN.plus(random.nextInt(MINUTES), ChronoUnit.MINUTES);
            String customer = "c" + random.nextInt(4);
            if (random.nextBoolean()) {
                machine.append(
                        Events.request("r" + i, customer, at)
                                .setInputTokens(random.nextInt(100))
                                .setCost(Events.amount("0.0" + random.nextInt(9)))
                                .setCurrency(random.nextBoolean() ? "USD" : "EUR")
                                .build(),
                        NOW);
            } else {
                machine.append(
                        Events.usage("u" + i, customer, at, "1." + random.nextInt(999))
                                .setMeter("m" + random.nextInt(3))
                                .build(),
                        NOW);
            }
        }
        machine.pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private UsageSeries series(Optional<String> customer, List<Instant> bounds) {
        var asked = new UsageSeries.Asked(Events.TENANT, customer, false, bounds);
        Answer<Part<UsageSeries>> answer = parts.ofAll(UsageSeries.KIND, asked, Wait.NOT);
        assertThat(answer).isInstanceOf(Answer.Found.class);
        return ((Answer.Found<Part<UsageSeries>>) answer).value().value();
    }

    private List<Instant> someBounds() {
        return random.ints(2 + random.nextInt(30), 0, MINUTES)
                .distinct()
                .sorted()
                .mapToObj(minute -> BEGIN.plus(minute, ChronoUnit.MINUTES))
                .toList();
    }

    @Test
    void ofACustomerIsWhatEachWindowIsByItself() {
        int used = 0;
        for (int i = 0; i < 40; i++) {
            List<Instant> bounds = someBounds();
            if (bounds.size() < 2) {
                continue;
            }
            String customer = "c" + random.nextInt(4);
            UsageSeries series = series(Optional.of(customer), bounds);
            assertThat(series.covered()).isEqualTo(new Period(bounds.get(0), bounds.get(bounds.size() - 1)));
            for (int window = 0; window < bounds.size() - 1; window++) {
                List<MeterUsage> alone = alone(customer, bounds.get(window), bounds.get(window + 1));
                assertThat(series.windows().get(window)).isEqualTo(alone);
                used += alone.size();
            }
        }
        assertThat(used).as("there is something in them").isGreaterThan(200);
    }

    private List<MeterUsage> alone(String customer, Instant from, Instant to) {
        var answer = machine.usage().ofCustomer(Events.TENANT, customer, new Period(from, to), Wait.NOT);
        return ((Answer.Found<CustomerUsage>) answer).value().meters();
    }

    @Test
    void ofAllCustomersIsWhatTheyUsedTogether() {
        for (int i = 0; i < 20; i++) {
            List<Instant> bounds = someBounds();
            if (bounds.size() < 2) {
                continue;
            }
            UsageSeries series = series(Optional.empty(), bounds);
            for (int window = 0; window < bounds.size() - 1; window++) {
                Sums together = series.windows().get(window).stream()
                        .map(MeterUsage::sums)
                        .reduce(Sums.NONE, Sums::plus);
                assertThat(together).isEqualTo(totals(bounds.get(window), bounds.get(window + 1)));
            }
        }
    }

    private Sums totals(Instant from, Instant to) {
        var query = new ByCustomerQuery(
                Optional.of(ByCustomerQuery.SortBy.EXTERNAL_ID),
                false,
                Optional.empty(),
                Optional.empty(),
                false,
                1,
                Optional.empty());
        var answer = machine.usage().byCustomer(Events.TENANT, new Period(from, to), query, Wait.NOT);
        return ((Answer.Found<UsageByCustomer>) answer).value().totals();
    }

    @Test
    void nothingIsSaidOfACustomerThatWasNeverCounted() {
        UsageSeries series = series(Optional.of("nobody"), List.of(BEGIN, NOW));
        assertThat(series.counted()).isFalse();
        assertThat(series.windows()).containsExactly(List.of());
    }

    @Test
    void saysWhereItIsFinerThanWhatIsKept() {
        long purged = BEGIN.truncatedTo(ChronoUnit.DAYS).getEpochSecond() / 60 + 1_440;
        machine.hot().put(Horizon.KEY, new Horizon(purged, Long.MIN_VALUE, purged, Long.MIN_VALUE).encode());
        machine.flush();
        Instant grid = Instant.ofEpochSecond((purged - 60) * 60);
        var fine = new ArrayList<>(List.of(grid.minusSeconds(60), grid, grid.plusSeconds(60), NOW));
        assertThat(series(Optional.empty(), fine).tooFine()).contains(grid.plusSeconds(60));
        UsageSeries coarse = series(Optional.of("c1"), List.of(grid.minusSeconds(60), grid, NOW));
        assertThat(coarse.tooFine()).isEmpty();
        assertThat(coarse.covered().from()).as("its beginning is widened").isEqualTo(grid.minusSeconds(900));
        assertThat(coarse.windows().get(0)).isEqualTo(alone("c1", grid.minusSeconds(900), grid));
    }
}
