package io.tidemark.dev.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A cluster under load and under questions, the faults that are inflicted on it, and what is found wrong afterwards. */
final class Run implements AutoCloseable {
    /** Given by property, to run the same events and questions once more. */
    static final long SEED = Long.getLong("tidemark.seed", System.currentTimeMillis());

    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration UNTIL_SENT = Duration.ofMinutes(2);
    private static final int MOST_SHOWN = 10;
    private static final int COMPARED_AFTER = 10;

    private static final int LEAST_BETWEEN_MILLIS = 1_000;
    private static final int MORE_BETWEEN_MILLIS = 1_000;

    private final Random random = new Random(SEED + 3);
    private final Cluster cluster;
    private final History history = new History();
    private final Caller caller;
    private final Load load;
    private final Askers askers;
    private final Audit audit;
    private final Figures figures;
    private final Map<String, List<Duration>> took = new LinkedHashMap<>();
    /** Of each fault, the calls that began while something was wrong. */
    private final List<List<Call>> underFault = new ArrayList<>();
    /** Of those, the calls that began while an instance was gone. */
    private final List<List<Call>> whileAway = new ArrayList<>();

    private int compared;

    private Run(Cluster cluster, String name) throws IOException, InterruptedException {
        this.cluster = cluster;
        this.figures = new Figures(name, SEED);
        System.err.println("chaos " + name + ": again with -Dtidemark.seed=" + SEED);
        caller = new Caller(cluster, history);
        load = new Load(cluster, caller, SEED);
        audit = new Audit(cluster, load.books());
        // Everybody is a customer before anybody asks.
        Thread.sleep(WARM_UP.toMillis());
        while (load.books().size() < 2 * EventMaker.CUSTOMERS * Cluster.TENANTS.size()) {
            Thread.sleep(100);
        }
        audit.awaitCounted(load.settle(UNTIL_SENT));
        load.goOn();
        askers = new Askers(caller, load, SEED);
    }

    static Run start(Path directory, String name, int instances) throws IOException, InterruptedException {
        return start(directory, name, instances, Variant.SHIPPED);
    }

    static Run start(Path directory, String name, int instances, Variant variant)
            throws IOException, InterruptedException {
        Cluster cluster = Cluster.start(directory, name, instances, variant);
        try {
            return new Run(cluster, name);
        } catch (IOException | InterruptedException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    Cluster cluster() {
        return cluster;
    }

    Figures figures() {
        return figures;
    }

    History history() {
        return history;
    }

    Load load() {
        return load;
    }

    /** Waits until all instances that run have counted what was sent until then; returns how long from then. */
    Duration awaitCounted(Instant sent) throws IOException, InterruptedException {
        audit.awaitCounted(sent);
        return Duration.between(sent, Instant.now());
    }

    /** Notes how long something took, under a name. */
    void note(String what, Duration duration) {
        took.computeIfAbsent(what, any -> new ArrayList<>()).add(duration);
        System.err.println("chaos   " + what + ": " + duration.toMillis() + " ms");
    }

    List<Duration> noted(String what) {
        return took.getOrDefault(what, List.of());
    }

    /** Lets some ordinary life pass, so that there is always something under way, and does it. */
    void inflict(Fault fault, int round) throws Exception {
        Thread.sleep(LEAST_BETWEEN_MILLIS + random.nextInt(MORE_BETWEEN_MILLIS));
        Instant began = Instant.now();
        System.err.println("chaos " + fault + " " + round);
        fault.inflict(this, round);
        Instant ended = Instant.now();
        note(fault.name().toLowerCase(Locale.ROOT) + "_ms", Duration.between(began, ended));
        underFault.add(history.between(began, ended));
        cluster.awaitWhole();
        note("with_copies_again_ms", Duration.between(ended, Instant.now()));
    }

    /** What was killed at that time is started again. */
    void comesBack(Instant killed) {
        whileAway.add(history.between(killed, Instant.now()));
    }

    /** Every question from the loss of an instance until it was started again. */
    Availability availabilityWhileAway() {
        return Availability.of(whileAway);
    }

    /** Every question while something was wrong. */
    Availability availability() {
        return Availability.of(underFault);
    }

    Map<String, Long> refusals() {
        return Availability.refusals(underFault.stream().flatMap(List::stream).toList());
    }

    /** So many of one fault; all totals are compared after every tenth. */
    void inflictOften(Fault fault, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            inflict(fault, i);
            if (i % COMPARED_AFTER == COMPARED_AFTER - 1) {
                assertThat(some(wrong()))
                        .as("totals after %d, seed %d", i + 1, SEED)
                        .isEmpty();
            }
        }
        figures.put("times", times);
    }

    /** Stops sending, and compares all totals with the books; then goes on. */
    List<String> wrong() throws IOException, InterruptedException {
        Instant sent = load.settle(UNTIL_SENT);
        note("counted_after_the_last_event_ms", awaitCounted(sent));
        Audit.Result result = audit.totals(sent);
        compared += result.compared();
        var wrong = new ArrayList<>(result.wrong());
        if (!wrong.isEmpty()) {
            System.err.println("chaos wrong totals, all that there is lies in " + cluster.keep());
        }
        load.goOn();
        return wrong;
    }

    /** All totals, every record, every answer ever given: nothing may be wrong. Ends the run. */
    void mustBeExact() throws IOException, InterruptedException {
        List<String> wrong = wrong();
        askers.close();
        Instant sent = load.settle(UNTIL_SENT);
        awaitCounted(sent);
        List<String> unaccounted = audit.conservation();
        List<String> faults = faults();
        write(wrong.size(), unaccounted.size(), faults.size());
        assertThat(some(wrong)).as("totals, seed %d", SEED).isEmpty();
        assertThat(some(unaccounted)).as("records, seed %d", SEED).isEmpty();
        assertThat(some(faults)).as("answers, seed %d", SEED).isEmpty();
        assertThat(some(history.complaints())).as("replies, seed %d", SEED).isEmpty();
    }

    /** What the answers so far say wrongly. */
    List<String> faults() {
        return new HistoryCheck(new Ledger(load.books().all(), Cluster.PARTITIONS)).faults(history.calls());
    }

    private static List<String> some(List<String> all) {
        return all.size() <= MOST_SHOWN ? all : all.subList(0, MOST_SHOWN);
    }

    private void write(int wrong, int unaccounted, int faults) throws IOException {
        figures.put("events", load.books().size())
                .put("totals_compared", compared)
                .put("totals_wrong", wrong)
                .put("partitions_not_accounted_for", unaccounted)
                .put("calls_checked", history.calls().size())
                .put("calls_wrong", faults)
                .put("under_fault", availability().figures())
                .put("while_away", availabilityWhileAway().figures())
                .put("refused_under_fault", refusals());
        took.forEach((what, durations) -> figures.put(what, Availability.millis(durations)));
        figures.write();
        figures.write(history.calls());
    }

    @Override
    public void close() {
        askers.close();
        load.close();
        caller.close();
        cluster.close();
    }
}
