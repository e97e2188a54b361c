package io.tidemark.query.verification;

import io.tidemark.query.oracle.End;
import io.tidemark.query.oracle.Header;
import io.tidemark.query.oracle.OracleReader;
import io.tidemark.query.oracle.Row;
import io.tidemark.query.remote.RemoteInstance;
import io.tidemark.query.verification.Figures.Wrong;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Asks an instance for all that an oracle's file is about: each customer's whole time first, then, where that differs, down
 * to the minute; at last the usage by customer, which must hold the same customers with the same sums.
 */
public final class Verification {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final RemoteInstance instance;
    private final Duration wait;
    private final Findings findings;
    private final Map<String, Figures> ranking = new TreeMap<>();
    private final Set<String> different = new HashSet<>();

    /**
     * What was found.
     *
     * @param differences how many were told
     * @param more whether there are others
     */
    public record Outcome(Header header, End end, long customers, int differences, boolean more) {}

    /**
     * A comparison that is made once.
     *
     * @param wait how long an answer may take that contains everything
     * @param most how many differences are told
     */
    public Verification(RemoteInstance instance, Duration wait, int most, Consumer<Difference> told) {
        this.instance = instance;
        this.wait = wait;
        findings = new Findings(most, told);
    }

    /**
     * Compares.
     *
     * @throws io.tidemark.query.oracle.NotAnOracle when the file is none or is not whole; nothing was asked then
     * @throws io.tidemark.query.remote.CallFailed when a question was refused, or nobody answered in time
     * @throws CannotTell when an answer was not about all that was asked, or the file expects nothing
     */
    public Outcome of(Path file) throws IOException {
        End end = check(file);
        try (var oracle = OracleReader.open(file)) {
            Header header = oracle.header();
            var whole = new Span(header.from(), header.until());
            var served = new ServedUsage(instance, header.tenant(), end.position(), wait);
            long deadline = System.nanoTime() + (end.position().isEmpty() ? wait.toNanos() : 0);
            for (var rows = oracle.nextCustomer(); rows.isPresent(); rows = oracle.nextCustomer()) {
                customer(rows.get(), whole, served, deadline);
            }
            compareRanking(served.byCustomer(header.prefix(), whole), whole);
            return new Outcome(header, end, ranking.size(), findings.count(), findings.haveMore());
        }
    }

    /** Reads all of it before anything is asked. */
    private static End check(Path file) throws IOException {
        try (var oracle = OracleReader.open(file)) {
            Optional<List<Row>> rows = oracle.nextCustomer();
            while (rows.isPresent()) {
                rows = oracle.nextCustomer();
            }
            if (oracle.end().rows() == 0) {
                throw new CannotTell(file + " expects nothing: there is nothing to compare");
            }
            return oracle.end();
        }
    }

    private void customer(List<Row> rows, Span whole, ServedUsage served, long deadline) {
        String customer = rows.get(0).customer();
        ranking.put(customer, Figures.expectedInRanking(rows));
        var narrowing = new Narrowing(customer, rows, span -> served.ofCustomer(customer, span), findings);
        List<Wrong> wrong = narrowing.wrongIn(whole);
        while (!wrong.isEmpty() && System.nanoTime() - deadline < 0) {
            Pause.of(BETWEEN_LOOKS);
            wrong = narrowing.wrongIn(whole);
        }
        if (!wrong.isEmpty()) {
            different.add(customer);
            narrowing.into(whole, wrong);
        }
    }

    /** Of a customer that differs already this would say the same once more. */
    private void compareRanking(Map<String, Figures> served, Span whole) {
        var customers = new TreeMap<>(ranking);
        served.keySet().forEach(customer -> customers.putIfAbsent(customer, new Figures()));
        customers.keySet().removeAll(different);
        customers.forEach((customer, expected) -> findings.add(
                customer, whole, "by-customer:", expected.wrongIn(served.getOrDefault(customer, new Figures()))));
    }
}
