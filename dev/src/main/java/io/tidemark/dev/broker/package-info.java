/**
 * A real Kafka broker in this JVM, on a directory that outlives it.
 *
 * <p>Owns the broker's settings, its ports, the format of its data directory, and what Kafka forgets when it is killed:
 * its own registration, and the ends of transactions. Does not own topics: whoever needs one creates it. Not for
 * production: one node, no replication, no authentication, loopback only.
 *
 * <p>Next door: {@code io.tidemark.dev.registry}, which keeps its schemas in this broker.
 */
@NullMarked
package io.tidemark.dev.broker;

import org.jspecify.annotations.NullMarked;
