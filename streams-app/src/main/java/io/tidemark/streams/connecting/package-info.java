/**
 * How Kafka and the schema registry are reached.
 *
 * <p>Owns what is passed on to their clients, which of it is reserved and which is secret. Does not own what each client
 * is made for: that is said where it is made.
 */
@NullMarked
package io.tidemark.streams.connecting;

import org.jspecify.annotations.NullMarked;
