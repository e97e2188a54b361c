package io.tidemark.query.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.oracle.Row;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class NarrowingTest {
    private static final Instant FROM = Instant.parse("2026-10-21T13:37:00Z");
    private static final Span WHOLE = new Span(FROM, FROM.plus(Duration.ofDays(30)));

    private final List<Difference> told = new ArrayList<>();
    private int questions;

    private static Row row(Instant minute, String meter, String quantity) {
        return new Row(
                "c",
                minute,
                "usage",
                meter,
                "USD",
                1,
                0,
                0,
                0,
                0,
                new BigDecimal(quantity),
                BigDecimal.ZERO,
                BigDecimal.ONE);
    }

    private static List<Row> rows() {
        var random = new Random(1);
        return random.ints(2_000, 0, 30 * 1_440)
                .sorted()
                .distinct()
                .mapToObj(minute -> row(FROM.plus(Duration.ofMinutes(minute)), "gb", "1.5"))
                .toList();
    }

    private void narrow(List<Row> expected, List<Row> served, int most) {
        narrow(
                expected,
                span -> Figures.expected(() -> served.stream()
                        .filter(row -> span.contains(row.minute()))
                        .iterator()),
                most);
    }

    private void narrow(List<Row> expected, Function<Span, Figures> served, int most) {
        var findings = new Findings(most, told::add);
        var narrowing = new Narrowing(
                "c",
                expected,
                span -> {
                    questions++;
                    return served.apply(span);
                },
                findings);
        var wrong = narrowing.wrongIn(WHOLE);
        if (!wrong.isEmpty()) {
            narrowing.into(WHOLE, wrong);
        }
    }

    @Test
    void asksOnceWhereAllIsRight() {
        narrow(rows(), rows(), 20);
        assertThat(told).isEmpty();
        assertThat(questions).isEqualTo(1);
    }

    @Test
    void findsTheOneMinuteThatIsWrong() {
        List<Row> served = new ArrayList<>(rows());
        Row changed = served.get(700);
        served.set(700, row(changed.minute(), "gb", "1.500000001"));
        narrow(rows(), served, 20);
        assertThat(told)
                .containsExactly(new Difference(
                        "c",
                        changed.minute().toString(),
                        "usage/gb.quantity",
                        new BigDecimal("1.5"),
                        new BigDecimal("1.500000001")));
        assertThat(questions).isLessThan(45);
    }

    @Test
    void findsWhatIsThereTooMuchAndWhatIsMissing() {
        List<Row> served = new ArrayList<>(rows());
        Row missing = served.remove(3);
        Instant surplus = WHOLE.to().minusSeconds(60);
        served.removeIf(row -> row.minute().equals(surplus));
        served.add(row(surplus, "seats", "2"));
        narrow(rows().stream().filter(row -> !row.minute().equals(surplus)).toList(), served, 20);
        assertThat(told)
                .extracting(Difference::when)
                .containsOnly(missing.minute().toString(), surplus.toString());
        assertThat(told)
                .extracting(Difference::field)
                .contains("usage/gb.count", "usage/gb.cost.USD", "usage/seats.quantity", "cost.USD");
    }

    @Test
    void findsEventsThatWereMovedThoughTheTotalIsTheSameInBothHalves() {
        List<Row> served = new ArrayList<>(rows());
        Row moved = served.get(10);
        served.set(10, row(moved.minute().plusSeconds(60), "gb", "2"));
        narrow(rows(), served, 20);
        assertThat(told).extracting(Difference::when).contains(moved.minute().toString());
    }

    @Test
    void stopsAfterTheFirstDifferences() {
        narrow(rows(), List.of(), 5);
        assertThat(told).hasSize(5);
        assertThat(questions).isLessThan(80);
    }

    @Test
    void saysThatAnInstanceContradictsItself() {
        Function<Span, Figures> served = span -> Figures.expected(span.equals(WHOLE) ? List.of() : rowsIn(span));
        narrow(rows(), served, 20);
        assertThat(told).extracting(Difference::when).containsOnly(WHOLE.from() + "/" + WHOLE.to());
    }

    private static List<Row> rowsIn(Span span) {
        return rows().stream().filter(row -> span.contains(row.minute())).toList();
    }
}
