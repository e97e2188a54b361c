/**
 * A plausible tenant to look at: a reseller of language models with some forty customers, thirty days of history, then a trickle.
 *
 * <p>Owns who they are and what each did on a day, which is a function of the seed and the day. Sends it through Kafka and
 * asks over HTTP, as anybody would.
 */
@NullMarked
package io.tidemark.dev.sample;

import org.jspecify.annotations.NullMarked;
