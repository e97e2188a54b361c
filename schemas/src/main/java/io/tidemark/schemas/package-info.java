/**
 * The wire: which topics there are, how records are keyed, framed and labelled. The Avro records themselves are
 * generated into {@code io.tidemark.events}.
 *
 * <p>Knows Avro and Kafka's client types, never a topology.
 */
@NullMarked
package io.tidemark.schemas;

import org.jspecify.annotations.NullMarked;
