/**
 * Who counts, each a {@code main} for a process of its own that is told its {@link io.tidemark.benchmarks.measuring.Lane} and
 * writes its {@link io.tidemark.benchmarks.measuring.Figures}. Those that need libraries of their own are in the module
 * {@code benchmarks-peers}.
 */
@NullMarked
package io.tidemark.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
