/**
 * The race: broker and topic, then round by round each contestant in a process of its own over the same records, its result
 * checked, its figures written down. {@link io.tidemark.benchmarks.race.Race} is what {@code -Pbench} runs.
 */
@NullMarked
package io.tidemark.benchmarks.race;

import org.jspecify.annotations.NullMarked;
