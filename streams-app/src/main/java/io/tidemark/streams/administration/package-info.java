/**
 * Is everything there that counting needs, and is it as it must be?
 *
 * <p>Checks, and where it may makes, the topics and the schema subjects before the first record is read. Kafka Streams
 * itself starts happily on topics whose partition counts disagree, and counts wrongly. A deployment that begins anew is
 * given the customers there are.
 *
 * <p>Says the same, and more, to who sets up or looks after a cluster: {@link io.tidemark.streams.administration.Administration}.
 * Owns the list of what an authorizer must allow.
 */
@NullMarked
package io.tidemark.streams.administration;

import org.jspecify.annotations.NullMarked;
