package io.tidemark.query.verification;

import io.tidemark.query.oracle.Row;
import io.tidemark.query.verification.Figures.Wrong;
import java.util.List;
import java.util.function.Function;

/** Finds the minutes that make a customer's total wrong: halves the time, and goes on where a half is wrong. */
final class Narrowing {
    private final String customer;
    private final List<Row> rows;
    private final Function<Span, Figures> served;
    private final Findings findings;

    /**
     * Of one customer.
     *
     * @param rows all it must have
     */
    Narrowing(String customer, List<Row> rows, Function<Span, Figures> served, Findings findings) {
        this.customer = customer;
        this.rows = rows;
        this.served = served;
        this.findings = findings;
    }

    /** What is wrong in a span as a whole. */
    List<Wrong> wrongIn(Span span) {
        var expected = Figures.expected(
                () -> rows.stream().filter(row -> span.contains(row.minute())).iterator());
        return expected.wrongIn(served.apply(span));
    }

    /** Finds the minutes, until there are findings enough. */
    void into(Span span, List<Wrong> wrong) {
        if (findings.areEnough()) {
            findings.leaveOut();
            return;
        }
        if (span.isOneMinute()) {
            findings.add(customer, span, "", wrong);
            return;
        }
        Span first = new Span(span.from(), span.middle());
        Span second = new Span(span.middle(), span.to());
        List<Wrong> wrongInFirst = wrongIn(first);
        List<Wrong> wrongInSecond = wrongIn(second);
        if (wrongInFirst.isEmpty() && wrongInSecond.isEmpty()) {
            // Each half is right, their sum is not: the instance contradicts itself.
            findings.add(customer, span, "", wrong);
        }
        if (!wrongInFirst.isEmpty()) {
            into(first, wrongInFirst);
        }
        if (!wrongInSecond.isEmpty()) {
            into(second, wrongInSecond);
        }
    }
}
