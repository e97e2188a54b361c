/**
 * How soon questions are answered while events are being counted: broker, {@code serve}, traffic and askers on the same cores. {@link
 * io.tidemark.benchmarks.reads.Reads} runs it.
 */
@NullMarked
package io.tidemark.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
