package io.tidemark.streams.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.streams.MeteringSettings.Retention;
import io.tidemark.streams.MeteringSettings.TimeRule;
import io.tidemark.streams.fixtures.Events;
import io.tidemark.streams.fixtures.Machine;
import io.tidemark.streams.hot.BytesOut;
import io.tidemark.streams.hot.HotStore;
import io.tidemark.streams.reading.Answer;
import io.tidemark.streams.reading.ByCustomerQuery;
import io.tidemark.streams.reading.ByCustomerQuery.RowKey;
import io.tidemark.streams.reading.ByCustomerQuery.SortBy;
import io.tidemark.streams.reading.Period;
import io.tidemark.streams.reading.Sums;
import io.tidemark.streams.reading.UsageByCustomer;
import io.tidemark.streams.reading.UsageByCustomer.Row;
import io.tidemark.streams.reading.Wait;
import java.math.BigDecimal;
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

/** Rows that are read alone, a page after the other, are those that are read together with totals. */
@NullMarked
class RowsAloneTest {
    private static final Instant NOW = Instant.parse("2026-10-20T12:00:00Z");
    private static final Instant BEGIN = NOW.minus(30, ChronoUnit.DAYS);
    private static final int MINUTES = 30 * 1_440;

    /** One is the beginning of another, and UTF-8 sorts some otherwise than UTF-16. */
    private static final List<String> CUSTOMERS = List.of(
            "a", "ab", "a b", "a~", "b", "ba", "\u00e9", "\uf8ff", "\uffee", "\ud83d\ude00", "\ud83d\ude00a", "z");

    @TempDir
    private Path directory;

    private final Random random = new Random(20261129);
    private Machine machine;

    @BeforeEach
    void count() {
        machine = new Machine(directory, NOW, TimeRule.DEFAULT, Retention.DEFAULT);
        for (int i = 0; i < 400; i++) {
            Instant at = BEGIN.plus(random.nextInt(MINUTES), ChronoUnit.MINUTES);
            String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
            machine.append(
                    Events.request("r" + i, customer, at)
                            .setCost(Events.amount("0.0" + random.nextInt(9)))
                            .setCurrency(random.nextBoolean() ? "USD" : "EUR")
                            .build(),
                    NOW);
        }
        machine.pass(Duration.ofSeconds(1));
        machine.hot()
                .put(
                        new BytesOut()
                                .raw(HotStore.UNREPORTED)
                                .terminated(Events.TENANT)
                                .terminated("ab")
                                .toKey(),
                        new byte[] {1});
        machine.flush();
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void areTheSameHoweverTheyAreCut() {
        int compared = 0;
        for (int i = 0; i < 60; i++) {
            int from = random.nextInt(MINUTES - 1);
            int to = from + 1 + random.nextInt(MINUTES - from);
            var period = new Period(BEGIN.plus(from, ChronoUnit.MINUTES), BEGIN.plus(to, ChronoUnit.MINUTES));
            Optional<String> currency = i % 3 == 0 ? Optional.of("EUR") : Optional.empty();
            boolean inactive = i % 2 == 0;
            List<Row> whole = page(period, query(currency, inactive, 1_000, Optional.empty()))
                    .rows();
            assertThat(walk(period, currency, inactive, 1 + random.nextInt(5))).isEqualTo(whole);
            compared += whole.size();
        }
        assertThat(compared).as("there is something in them").isGreaterThan(200);
    }

    @Test
    void areInTheOrderOfTheirCodePointsAndSayNothingOfTheOthers() {
        var period = new Period(BEGIN, NOW);
        UsageByCustomer first =
                page(period, query(Optional.empty(), true, 3, Optional.empty()).withoutTotals());
        assertThat(first.more()).isTrue();
        assertThat(first.totals()).isEqualTo(Sums.NONE);
        assertThat(first.customers()).isZero();
        assertThat(first.totalRequests()).isZero();
        assertThat(walk(period, Optional.empty(), true, 4))
                .extracting(Row::externalId)
                .containsExactly(
                        "a",
                        "a b",
                        "ab",
                        "a~",
                        "b",
                        "ba",
                        "z",
                        "\u00e9",
                        "\uf8ff",
                        "\uffee",
                        "\ud83d\ude00",
                        "\ud83d\ude00a");
    }

    @Test
    void areOnlyReadAsTheyAreStored() {
        var byCost = new ByCustomerQuery(
                Optional.of(SortBy.COST), false, Optional.empty(), Optional.empty(), false, 1, Optional.empty());
        assertThatThrownBy(byCost::withoutTotals).isInstanceOf(IllegalArgumentException.class);
    }

    private List<Row> walk(Period period, Optional<String> currency, boolean inactive, int limit) {
        var rows = new ArrayList<Row>();
        Optional<RowKey> after = Optional.empty();
        boolean more = true;
        while (more) {
            UsageByCustomer page =
                    page(period, query(currency, inactive, limit, after).withoutTotals());
            assertThat(page.rows()).hasSizeLessThanOrEqualTo(limit);
            rows.addAll(page.rows());
            more = page.more();
            after = rows.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new RowKey(
                            BigDecimal.ZERO, rows.get(rows.size() - 1).externalId()));
        }
        return rows;
    }

    private static ByCustomerQuery query(
            Optional<String> currency, boolean inactive, int limit, Optional<RowKey> after) {
        return new ByCustomerQuery(
                Optional.of(SortBy.EXTERNAL_ID), false, Optional.empty(), currency, inactive, limit, after);
    }

    private UsageByCustomer page(Period period, ByCustomerQuery query) {
        var answer = machine.usage().byCustomer(Events.TENANT, period, query, Wait.NOT);
        return ((Answer.Found<UsageByCustomer>) answer).value();
    }
}
