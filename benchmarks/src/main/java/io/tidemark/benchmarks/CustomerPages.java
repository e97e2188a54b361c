package io.tidemark.benchmarks;

import io.tidemark.streams.directory.Customer;
import io.tidemark.streams.roster.HeldCustomers;
import io.tidemark.streams.roster.RosterQuery;
import io.tidemark.streams.roster.RosterQuery.SortBy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How long each kind of page of one tenant's customers takes while they change, and what a customer takes in memory. */
public final class CustomerPages {
    private static final int PER_PAGE = 100;
    private static final int WARM_UP = 100;
    private static final int ROUNDS = 300;
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(33);
    private static final double NANOS_OF_A_MILLI = 1e6;

    private final SampleCustomers samples = new SampleCustomers(1);
    private final int customers;
    private HeldCustomers held = new HeldCustomers();

    private CustomerPages(int customers) {
        this.customers = customers;
    }

    /** The first word is how many customers; 100,000 without one. */
    public static void main(String[] args) throws InterruptedException {
        var pages = new CustomerPages(args.length == 0 ? 100_000 : Integer.parseInt(args[0]));
        pages.load("cold");
        pages.load("warm");
        pages.ask();
    }

    private void load(String how) throws InterruptedException {
        held = new HeldCustomers();
        long before = used();
        long nanos = 0;
        for (int i = 0; i < customers; i++) {
            Customer customer = samples.customer(i);
            long start = System.nanoTime();
            held.put(customer);
            nanos += System.nanoTime() - start;
        }
        long start = System.nanoTime();
        held.caughtUp();
        long sorted = System.nanoTime() - start;
        print(
                "%s: took %,d customers in %,.0f ms, sorted them five ways in %,.0f ms; %d bytes each%n",
                how, customers, nanos / NANOS_OF_A_MILLI, sorted / NANOS_OF_A_MILLI, (used() - before) / customers);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void ask() {
        var changing = Executors.newSingleThreadScheduledExecutor();
        Future<?> unused =
                changing.scheduleAtFixedRate(this::change, 0, BETWEEN_CHANGES.toMillis(), TimeUnit.MILLISECONDS);
        int last = (customers + PER_PAGE - 1) / PER_PAGE;
        for (SortBy by : SortBy.values()) {
            time(by, "asc", 1, "", "");
            time(by, "asc", last, "", "");
            time(by, "desc", 1, "", "");
            time(by, "desc", last / 2, "", "");
            time(by, "desc", 1, "lovelace 99", "");
        }
        time(SortBy.CREATED_AT, "desc", 1, "e", "");
        time(SortBy.NAME, "asc", last / 2, "e", "");
        time(SortBy.NAME, "asc", 1, "nobody is called so", "");
        time(SortBy.LAST_SEEN_AT, "desc", 1, "", "@example");
        time(SortBy.NAME, "asc", 1, "str", "777@");
        lookUps();
        changing.shutdownNow();
    }

    private void change() {
        long number = System.nanoTime() % customers;
        held.byExternalId(SampleCustomers.TENANT, "customer_" + number)
                .ifPresent(customer -> held.put(samples.seenAgain(customer)));
    }

    private void time(SortBy by, String direction, int page, String search, String email) {
        var query = new RosterQuery(
                page, PER_PAGE, some(search), some(email), Optional.empty(), by, direction.equals("desc"));
        int total = held.list(SampleCustomers.TENANT, query).total();
        String what = "%s %s, page %d".formatted(by.name().toLowerCase(Locale.ROOT), direction, page)
                + (search.isEmpty() ? "" : ", search \"" + search + "\"")
                + (email.isEmpty() ? "" : ", email \"" + email + "\"");
        report(what + " of " + total, () -> held.list(SampleCustomers.TENANT, query));
    }

    private static Optional<String> some(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }

    private void lookUps() {
        Customer one = held.byExternalId(SampleCustomers.TENANT, "customer_7").orElseThrow();
        report("by external id", () -> held.byExternalId(SampleCustomers.TENANT, "customer_7"));
        report("by id", () -> held.byId(SampleCustomers.TENANT, one.id()));
        report("by e-mail address", () -> held.byEmail(SampleCustomers.TENANT, "ada.LOVELACE7@example.com"));
    }

    private static void report(String what, Runnable question) {
        long[] nanos = new long[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long start = System.nanoTime();
            question.run();
            nanos[Math.max(0, round)] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        print(
                "%-60s p50 %8.3f  p99 %8.3f  max %8.3f ms%n",
                what,
                nanos[ROUNDS / 2] / NANOS_OF_A_MILLI,
                nanos[ROUNDS * 99 / 100] / NANOS_OF_A_MILLI,
                nanos[ROUNDS - 1] / NANOS_OF_A_MILLI);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
