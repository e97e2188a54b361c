/**
 * What those who ask and those who listen get, and cost. How soon questions are answered while events are being counted: broker, {@code serve}, traffic and askers on the same cores. {@link
 * io.tidemark.benchmarks.reads.Reads} runs it; {@link io.tidemark.benchmarks.reads.Listening} what listeners cost counting.
 */
@NullMarked
package io.tidemark.benchmarks.reads;

import org.jspecify.annotations.NullMarked;
