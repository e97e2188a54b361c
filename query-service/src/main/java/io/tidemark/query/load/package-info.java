/**
 * Made-up events, the same for the same seed, sent as fast as is asked for.
 *
 * <p>Owns what a load consists of, its order and pace, and what became of it. Every event is a function of the load's settings
 * and its number, so that it can be made again: to be repeated, to be sent again after a failure, or tomorrow.
 */
@NullMarked
package io.tidemark.query.load;

import org.jspecify.annotations.NullMarked;
