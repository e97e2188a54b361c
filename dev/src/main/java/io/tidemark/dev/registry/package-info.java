/**
 * A schema registry in this JVM that speaks Confluent's REST API, for Avro.
 *
 * <p>Owns subjects, versions, ids, compatibility levels and modes, kept in the compacted topic {@code _schemas} in
 * Confluent's own JSON format. The topic is the truth: {@link io.tidemark.dev.registry.Subjects} is only ever changed by
 * what was read back from it. Decisions ({@code Registration}, {@code Deletion}, {@code Settings}) are functions from
 * that state to a {@code Change}; {@code SchemaLog} makes a change durable before its answer leaves.
 *
 * <p>Does not own users, contexts, rule sets, JSON Schema or Protobuf, and expects to be the only registry that writes to
 * the topic.
 *
 * <p>Next door: {@code io.tidemark.dev.broker}.
 */
@NullMarked
package io.tidemark.dev.registry;

import org.jspecify.annotations.NullMarked;
