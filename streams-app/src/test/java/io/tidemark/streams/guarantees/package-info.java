/**
 * What is promised, proven against an oracle: a plain second implementation that adds up what the simulated producers
 * said, with {@code BigDecimal} and {@code java.time}, and shares nothing with the product's arithmetic, keys, decoding
 * or judging.
 */
@NullMarked
package io.tidemark.streams.guarantees;

import org.jspecify.annotations.NullMarked;
