package io.tidemark.benchmarks.course;

import java.time.Duration;
import java.util.SplittableRandom;

/** Whose events they are, and when they happened. */
public enum Mix {
    /** Live traffic: some customers far busier than others, the last ten minutes. The kindest to pages. */
    Z10(10_000, true, Duration.ofMinutes(10), false),
    /** The same customers, times at random over 30 days: a page is seldom touched twice between two commits. */
    Z30(10_000, true, Duration.ofDays(30), false),
    /** Ten times as many customers, all alike, times at random over 30 days: the unkindest to caches. */
    U30(100_000, false, Duration.ofDays(30), false),
    /** 30 days in the order of time: what a first import sends. */
    B30(10_000, true, Duration.ofDays(30), true);

    private final int customers;
    private final boolean skewed;
    private final Duration span;
    private final boolean inOrder;

    Mix(int customers, boolean skewed, Duration span, boolean inOrder) {
        this.customers = customers;
        this.skewed = skewed;
        this.span = span;
        this.inOrder = inOrder;
    }

    /** How far back the first event happened. */
    public Duration span() {
        return span;
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
