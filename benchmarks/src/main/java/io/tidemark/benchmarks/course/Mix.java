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
    Z10_1M(1_000_000, 10, true, Duration.ofMinutes(10), false),
    /** As B30, of fewer days. */
    B1(10_000, 10, true, Duration.ofDays(1), true),
    B10(10_000, 10, true, Duration.ofDays(10), true),
    /** As Z10, of usage events instead of requests, with so many meters. */
    Z10_METER(10_000, 10, true, Duration.ofMinutes(10), 1),
    Z10_4_METERS(10_000, 10, true, Duration.ofMinutes(10), 4),
    Z10_16_METERS(10_000, 10, true, Duration.ofMinutes(10), 16);

    private final int customers;
    private final int tenants;
    private final boolean skewed;
    private final Duration span;
    private final boolean inOrder;
    private final int meters;

    Mix(int customers, int tenants, boolean skewed, Duration span, boolean inOrder) {
        this(customers, tenants, skewed, span, inOrder, 0);
    }

    Mix(int customers, int tenants, boolean skewed, Duration span, int meters) {
        this(customers, tenants, skewed, span, false, meters);
    }

    Mix(int customers, int tenants, boolean skewed, Duration span, boolean inOrder, int meters) {
        this.customers = customers;
        this.tenants = tenants;
        this.skewed = skewed;
        this.span = span;
        this.inOrder = inOrder;
        this.meters = meters;
    }

    /** How many customers there are. */
    public int count() {
        return customers;
    }

    /** Of usage events how many meters there are; zero: they are requests. */
    int meters() {
        return meters;
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

    /** What a customer is called. */
    static String nameOf(int customer) {
        return "customer_" + customer;
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
