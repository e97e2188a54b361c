/**
 * What those who ask and those who listen get, and cost. How soon questions are answered while events are being counted: broker, {@code serve}, traffic and askers on the same cores. {@link
 * io.tidemark.benchmarks.reads.Reads} runs it; {@link io.tidemark.benchmarks.reads.Listening} what listeners cost counting. Besides, how what
 * {@code serve} does changes with what there is, {@link io.tidemark.benchmarks.reads.Growth}, and how long nobody counts when an instance is killed, {@link
 * io.tidemark.benchmarks.reads.Takeover}.
 */
@NullMarked
package io.tidemark.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
