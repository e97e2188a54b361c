/**
 * The question what became of an event, over HTTP: an id and a customer in, a question to {@link io.tidemark.streams.tracing.Tracer}, its answer as
 * JSON.
 *
 * <p>Owns the shape of the answer. Decides nothing.
 */
@NullMarked
package io.tidemark.query.tracing;

import org.jspecify.annotations.NullMarked;
