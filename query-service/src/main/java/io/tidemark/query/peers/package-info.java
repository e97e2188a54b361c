/**
 * How instances of one deployment speak to each other: an own listener, calls that are signed and cannot be sent twice, and a watch over who
 * is there and what it holds.
 *
 * <p>Owns the wire between instances (decision 0022); who is asked what, and how parts are put together, is {@code
 * io.tidemark.streams.routing}. Answers only what this instance holds itself: a peer's question goes no further.
 */
@NullMarked
package io.tidemark.query.peers;

import org.jspecify.annotations.NullMarked;
