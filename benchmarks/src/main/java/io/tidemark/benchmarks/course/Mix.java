package io.tidemark.benchmarks.course;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Whose events they are, and when they happened. */
public enum Mix {
    /** Live traffic: some customers far busier than others, the last ten minutes. The kindest to pages. */
    Z10(10_000, 10, true, Duration.ofMinutes(10), false),
    /** The same customers, times at random over 30 days: a page is seldom touched twice between two commits. */
    Z30(10_000, 10, true, Duration.ofDays(30), false),
    /** Ten times as many customers, all alike, times at random over 30 days: the unkindest to caches. */
    U30(100_000, 10, false, Duration.ofDays(30), false),
    /** 30 days in the order of time: what a first import sends. */
    B30(10_000, 10, true, Duration.ofDays(30), true),
    /** As U30, of one tenant: what is asked about all of its customers. */
    ONE30(100_000, 1, false, Duration.ofDays(30), false),
    /** One customer of that tenant, and nobody else. */
    HOT30(1, 1, false, Duration.ofDays(30), false),
    /** Live traffic of that tenant. */
    ONE10(100_000, 1, true, Duration.ofMinutes(10), false),
    /** As Z10, with fewer and with more customers. */
    Z10_100K(100_000, 10, true, Duration.ofMinutes(10), false),
    Z10_1M(1_000_000, 10, true, Duration.ofMinutes(10), false);

    private final int customers;
    private final int tenants;
    private final boolean skewed;
    private final Duration span;
    private final boolean inOrder;

    Mix(int customers, int tenants, boolean skewed, Duration span, boolean inOrder) {
        this.customers = customers;
        this.tenants = tenants;
        this.skewed = skewed;
        this.span = span;
        this.inOrder = inOrder;
    }

    /** How far back the first event happened. */
    public Duration span() {
        return span;
    }

    /** Everybody whose customers have events. */
    public List<String> allTenants() {
        return IntStream.range(0, tenants).mapToObj(Mix::name).toList();
    }

    /** Whose customer it is. */
    String tenantOf(int customer) {
        return name(customer % tenants);
    }

    private static String name(int tenant) {
        return "tenant-" + tenant;
    }

    /** Who customers are: the n-th has a share of 1/n, or all have the same. */
    Customers customers() {
        return new Customers(customers, skewed);
    }

    /** When the i-th of so many events happened, in microseconds after the beginning of the span. */
    long micros(long i, long events, SplittableRandom random) {
        long all = span.toNanos() / 1_000;
        return inOrder ? i * (all / events) : random.nextLong(all);
    }
}
