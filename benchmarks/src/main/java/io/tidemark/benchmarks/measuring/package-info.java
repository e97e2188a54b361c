/**
 * The clock and the scales, the same for every contestant: what one is told when it starts ({@link
 * io.tidemark.benchmarks.measuring.Lane}), when its time begins and ends, and what it took.
 */
@NullMarked
package io.tidemark.benchmarks.measuring;

import org.jspecify.annotations.NullMarked;
