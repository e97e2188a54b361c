/**
 * What it costs, measured: {@link io.tidemark.benchmarks.race.Race} counting, beside others who count the same;
 * {@link io.tidemark.benchmarks.MicroBenchmarks} single steps, {@link io.tidemark.benchmarks.DirectoryCapacity} a tenant's
 * directory, {@link io.tidemark.benchmarks.CustomerPages} lists of its customers.
 *
 * <p>The figures, and how to get them again, are in {@code docs/benchmarks.md}. A benchmark of a room's inside lies in
 * that room's package, so that nothing has to be opened up for it.
 */
@NullMarked
package io.tidemark.benchmarks;

import org.jspecify.annotations.NullMarked;
