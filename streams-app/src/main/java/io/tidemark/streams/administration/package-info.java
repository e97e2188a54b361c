/**
 * Is everything there that counting needs, and is it as it must be?
 *
 * <p>Checks, and where it may makes, the topics and the schema subjects before the first record is read. Kafka Streams
 * itself starts happily on topics whose partition counts disagree, and counts wrongly. A deployment that begins anew is
 * given the customers there are.
 */
@NullMarked
package io.tidemark.streams.administration;

import org.jspecify.annotations.NullMarked;
